"""Cedar (Rust): one policy a rule, the reasons give the rules."""

import json

import cedarpy

from bench.peers import SETS, Answer, Plain

NAME, PACKAGE = "Cedar (Rust)", "cedarpy"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    policies = []
    for number, (needs, _) in enumerate(rules):
        tests = [
            f"context.{fact}.containsAny({json.dumps(leaves)})"
            if fact in SETS
            else f"{json.dumps(leaves)}.contains(context.{fact})"
            for fact, leaves in needs.items()
        ]
        policies.append(
            f'@id("{number}") permit(principal, action, resource) when {{ {" && ".join(tests) or "true"} }};'
        )
    text = "\n".join(policies)
    try:
        policies_read = cedarpy.PolicySet(text)
    except TypeError:
        policies_read = cedarpy.PolicySet.from_str(text)
    entities = cedarpy.Entities.from_json_str("[]")
    status = {f"policy{number}": rule.status for number, rule in enumerate(rules)}
    asked = {"principal": 'User::"a"', "action": 'Action::"b"', "resource": 'Thing::"c"'}

    def answer(products: list) -> list[int]:
        return [
            min(
                status[reason]
                for reason in cedarpy.is_authorized(
                    {**asked, "context": product}, policies_read, entities
                ).diagnostics.reasons
            )
            for product in products
        ]

    return answer
