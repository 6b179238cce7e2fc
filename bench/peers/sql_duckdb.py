"""DuckDB: the rules as one expression of CASEs, and a join on the enumerated table of decisions."""

import duckdb
import pyarrow as pa

from bench.peers import NONE, SETS, Answer, Plain

NAME, PACKAGE = "DuckDB, CASE", "duckdb"


def expression(rules: list[Plain]) -> str:
    """The rules in SQL; a set is a column of text with `;` around each word."""
    parts = []
    for needs, status in rules:
        tests = [
            "(" + " OR ".join(f"contains({fact}, ';{leaf};')" for leaf in leaves) + ")"
            if fact in SETS
            else f"{fact} IN ({', '.join(repr(leaf) for leaf in leaves)})"
            for fact, leaves in needs.items()
        ]
        parts.append(f"CASE WHEN {' AND '.join(tests) or 'true'} THEN {status} ELSE {NONE} END")
    return f"least({', '.join(parts)})"


def prepare(rules: list[Plain]) -> Answer:
    """See ``bench.peers``."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    facts = ("source", "donor", "form", "use", "setting", *SETS)
    query = f"SELECT {expression(rules)} FROM (SELECT {', '.join(f'${fact} AS {fact}' for fact in facts)})"

    def answer(products: list) -> list[int]:
        found = []
        for product in products:
            given = {fact: product[fact] for fact in facts}
            for fact in SETS:
                given[fact] = f";{';'.join(product[fact])};"
            found.append(connection.execute(query, given).fetchall()[0][0])
        return found

    return answer


def columns(rules: list[Plain], given: pa.Table, loaded: bool):
    """The work for a table: statuses as an Arrow column; loaded into DuckDB before, or read from Arrow each time."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.register("arrow", given)
    marked = (
        "SELECT * REPLACE (';' || claims || ';' AS claims, ';' || evidence || ';' AS evidence) FROM arrow"
    )
    if loaded:
        connection.execute(f"CREATE TABLE products AS {marked}")
    source = "products" if loaded else f"({marked})"
    query = f"SELECT {expression(rules)} AS answer FROM {source}"
    return lambda: connection.sql(query).to_arrow_table().column("answer")


def join(decisions: pa.Table, given: pa.Table):
    """The work of joining a table to enumerated decisions on its seven facts, both loaded before."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("CREATE TABLE products AS FROM given")
    connection.execute("CREATE TABLE known AS FROM decisions")
    keys = ", ".join(name for name in decisions.column_names if name != "answer")
    query = f"SELECT d.answer FROM products LEFT JOIN known AS d USING ({keys})"
    return lambda: connection.sql(query).to_arrow_table().column("answer")
