"""Rego (rego-cpp): one partial rule a rule."""

import json

import regopy

from bench.peers import SETS, Answer, Plain

NAME, PACKAGE = "Rego (rego-cpp)", "regopy"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    lines = ["package bench", "import rego.v1"]
    for needs, status in rules:
        tests = [
            f"some x{number} in input.{fact}; x{number} in {json.dumps(leaves)}"
            if fact in SETS
            else f"input.{fact} in {json.dumps(leaves)}"
            for number, (fact, leaves) in enumerate(needs.items())
        ]
        lines.append(f"found contains {status} if {{ {'; '.join(tests) or 'true'} }}")
    lines.append("answer := min(found)")
    engine = regopy.Interpreter()
    engine.add_module("bench", "\n".join(lines))

    def answer(products: list) -> list[int]:
        found = []
        for product in products:
            engine.set_input(product)
            result = json.loads(str(engine.query("data.bench.answer")))
            found.append(int(result["expressions"][0] if "expressions" in result else result))
        return found

    return answer
