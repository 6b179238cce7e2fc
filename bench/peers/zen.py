"""GoRules ZEN (Rust): one compiled expression."""

import json

import zen

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "ZEN, one expression", "zen-engine"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    parts = []
    for needs, status in rules:
        tests = [
            f"some({fact}, # in {json.dumps(leaves)})" if fact in SETS else f"{fact} in {json.dumps(leaves)}"
            for fact, leaves in needs.items()
        ]
        parts.append(f"({' and '.join(tests) or 'true'} ? {status} : {NONE})")
    program = zen.compile_expression(f"min([{', '.join(parts)}])")
    return lambda products: [int(program.evaluate(product)) for product in products]
