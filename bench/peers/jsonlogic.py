"""JSON Logic: the rules as one expression, in Python and compiled by json-logic-engine (JavaScript)."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "JSON Logic (Python)", "json-logic-qubit"


def logic(rules: list[Plain]) -> dict:
    """The rules as JSON Logic."""
    parts = []
    for needs, status in rules:
        tests = [
            {"some": [{"var": fact}, {"in": [{"var": ""}, leaves]}]}
            if fact in SETS
            else {"in": [{"var": fact}, leaves]}
            for fact, leaves in needs.items()
        ]
        parts.append({"if": [{"and": [True, *tests]}, status, NONE]})
    return {"min": parts}


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    from json_logic import jsonLogic

    expression = logic(rules)
    return lambda products: [int(jsonLogic(expression, product)) for product in products]


SCRIPT = """
const {LogicEngine} = require("json-logic-engine"); const fs = require("fs");
const [logic, products] = JSON.parse(fs.readFileSync(process.argv[2]));
const decide = new LogicEngine().build(logic);
const found = products.map(product => decide(product));
const times = [];
for (let n = 0; n < 25; n++) {
  const begun = process.hrtime.bigint();
  for (const product of products) decide(product);
  times.push(Number(process.hrtime.bigint() - begun));
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({found, nanoseconds: times[12] / products.length}));
"""


def in_node(rules: list[Plain], products: list, modules: Path) -> tuple[list[int], float] | None:
    """The answers and seconds a decision of json-logic-engine; None without Node.js or the package."""
    if shutil.which("node") is None or not (modules / "json-logic-engine").is_dir():
        return None
    with tempfile.TemporaryDirectory(dir=modules.parent) as folder:
        given, script = Path(folder, "given.json"), Path(folder, "run.js")
        given.write_text(json.dumps([logic(rules), products]))
        script.write_text(SCRIPT)
        done = subprocess.run(
            ["node", str(script), str(given)], check=True, capture_output=True, text=True, cwd=modules.parent
        )
    result = json.loads(done.stdout)
    return [int(number) for number in result["found"]], result["nanoseconds"] / 1e9
