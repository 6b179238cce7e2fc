"""Growth: rules ×1, ×3, ×10 and ×30, rows, and the length of a text."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

from bench.batch import answer, as_situations
from bench.generate import make_catalogue, make_rules, write_rules
from bench.measure import about, median_of, seconds, show
from exoreg.batch import Decider
from exoreg.engine.build import compile_base
from exoreg.engine.store import CompiledBase
from exoreg.law.load import load
from exoreg.lint.run import lint
from exoreg.offer.scan import scan

DAY = date(2026, 1, 1)
PER_REGION = 30
PATIENCE = 3.0
"""Seconds of linting after which the next larger rule base is not linted."""


def main() -> None:
    """Prints the tables."""
    about("exoreg", "numpy", "pyarrow")
    rules()
    rows()
    texts()


def rules() -> None:
    """What more rules cost."""
    table = make_catalogue(200_000)
    situations = as_situations(table.slice(0, 20_000))
    found = []
    linting = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for factor in (1, 3, 10, 30):
            path = write_rules(Path(folder, str(factor)), make_rules(PER_REGION * factor))
            loading = seconds(lambda path=path: load([path]))
            base = load([path])
            compiling = median_of(lambda base=base: compile_base(base), 3)
            linting = seconds(lambda path=path: lint([path], day=DAY)) if linting < PATIENCE else float("nan")
            content = compile_base(base)
            opened = median_of(lambda content=content: CompiledBase(content).region("UK"))
            compiled = CompiledBase(content)
            region = compiled.region("UK")
            one = median_of(lambda region=region: [region.decide(s, DAY) for s in situations], 5)
            decider = Decider(compiled, ["UK"], DAY)
            first = seconds(lambda decider=decider: answer(decider, table))
            again = median_of(lambda decider=decider: answer(decider, table), 5)
            found.append((factor, PER_REGION * factor * 5, loading, compiling, linting, len(content) / 1e6,
                          opened * 1e3, one / len(situations) * 1e6, first, again))  # fmt: skip
    show(
        "Rules",
        ("×", "rules", "load s", "compile s", "lint s", "compiled MB", "open a region ms", "decide µs",
         "200,000 by columns, first s", "again s"),
        found,
    )  # fmt: skip


def rows() -> None:
    """What more rows cost."""
    found = []
    decider = Decider(None, ["UK"], date(2026, 11, 22))
    for count in (10_000, 100_000, 1_000_000):
        table = make_catalogue(count)
        taken = median_of(lambda table=table: answer(decider, table), 5)
        found.append((f"{count:,}", taken, taken / count * 1e9))
    show("Rows, one region, by columns", ("rows", "s", "ns a row"), found)


SENTENCES = (
    "Our exosomes are isolated from human umbilical cord stem cells.",
    "They moisturise and give the skin a healthy glow.",
    "Patients report thicker hair within eight weeks.",
    "Not intended to diagnose, treat, cure or prevent any disease.",
    "Store at minus twenty degrees and thaw before use.",
    "Apply after microneedling at a depth of 0.5 mm.",
    "Clinically shown to relieve eczema and joint pain.",
    "Shipping within three working days to any clinic.",
)


def text_of(length: int, seed: int = 1) -> str:
    """A text of about so many characters."""
    pick = random.Random(seed)
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(pick.choice(SENTENCES) + " ")
    return "".join(parts)


def texts() -> None:
    """What longer texts cost."""
    found = []
    scan(SENTENCES[0])
    for length in (1_000, 10_000, 100_000, 1_000_000):
        text = text_of(length)
        taken = median_of(lambda text=text: scan(text), 3)
        found.append((f"{length:,}", taken * 1e3, length / taken / 1e6))
    show("Length of a text", ("characters", "ms", "million characters a second"), found)


if __name__ == "__main__":
    main()
