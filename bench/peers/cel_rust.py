"""CEL (Rust): one compiled program."""

import json

import cel

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "CEL (Rust)", "common-expression-language"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    parts = []
    for needs, status in rules:
        tests = [
            f"{fact}.exists(x, x in {json.dumps(leaves)})"
            if fact in SETS
            else f"{fact} in {json.dumps(leaves)}"
            for fact, leaves in needs.items()
        ]
        parts.append(f"({' && '.join(tests) or 'true'} ? {status} : {NONE})")
    program = cel.compile(f"[{', '.join(parts)}]")
    return lambda products: [min(program.execute(product)) for product in products]
