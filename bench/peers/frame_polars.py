"""Polars: the rules as one expression of columns."""

import polars as pl
import pyarrow as pa

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "Polars", "polars"


def expression(rules: list[Plain]) -> pl.Expr:
    """The rules as an expression; a set is a column of text with `;` around each word."""
    parts = []
    for needs, status in rules:
        tests = [
            pl.any_horizontal([pl.col(fact).str.contains(f";{leaf};", literal=True) for leaf in leaves])
            if fact in SETS
            else pl.col(fact).is_in(leaves)
            for fact, leaves in needs.items()
        ]
        parts.append(pl.when(pl.all_horizontal(tests or [pl.lit(True)])).then(status).otherwise(NONE))
    return pl.min_horizontal(parts).alias("answer")


def _frame(table: pa.Table) -> pl.DataFrame:
    marked = [(pl.lit(";") + pl.col(fact) + pl.lit(";")).alias(fact) for fact in SETS]
    return pl.from_arrow(table).with_columns(marked)


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    wanted = expression(rules)

    def answer(products: list) -> list[int]:
        found = []
        for product in products:
            row = {fact: f";{';'.join(value)};" if fact in SETS else value for fact, value in product.items()}
            found.append(pl.DataFrame([row]).select(wanted)["answer"][0])
        return found

    return answer


def threads() -> int:
    """How many threads Polars takes; ``POLARS_MAX_THREADS`` says otherwise."""
    return pl.thread_pool_size()


def columns(rules: list[Plain], table: pa.Table):
    """The work for a table: statuses as a column."""
    frame, wanted = _frame(table), expression(rules)
    return lambda: frame.select(wanted)["answer"]
