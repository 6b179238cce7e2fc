"""``exoreg.batch.decide``: the answers of ``check``, a column at a time."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.batch import Decider, decide
from exoreg.batch import table as table_module
from exoreg.engine.store import CompiledBase
from exoreg.facts.vocabulary import WordError
from tests.batch.products import ANSWER, DAY, catalogue, expected


@pytest.mark.parametrize(("rows", "known"), [(1500, True), (250, False)])
def test_answers_are_those_of_check(compiled: CompiledBase, rows: int, known: bool) -> None:
    """Every answer is the one that `check` gives, for products known wholly, in part or wrongly."""
    columns = catalogue(compiled.vocabulary, rows, seed=rows, known=known)
    answers = decide(pa.table(columns), as_of=DAY, base=compiled).to_pylist()
    assert len(answers) == rows * 5
    for answer in answers[:: 31 if known else 6]:
        cells = {fact: answer[fact] for fact in columns}
        wanted = expected(compiled, cells, answer["region"])
        if wanted is None:
            assert answer["error"]
            assert all(answer[name] is None for name in ANSWER)
        else:
            assert {name: answer[name] for name in ANSWER} == wanted
            assert answer["error"] is None


def test_rows_keep_their_order_and_columns(compiled: CompiledBase) -> None:
    """One row comes out for each product and region, in order, with every input column as it was."""
    given_table = pa.table({"id": [7, 5], "source": ["salmon", "rose"], "use": ["topical", "oral"]})
    found = decide(given_table, ["KR", "UK"], DAY, compiled)
    assert found.column("id").to_pylist() == [7, 7, 5, 5]
    assert found.column("region").to_pylist() == ["KR", "UK", "KR", "UK"]
    assert found.schema.names == ["id", "source", "use", *table_module.ANSWER]
    assert found.schema.field("id").type == pa.int64()


def test_region_and_day_by_column(compiled: CompiledBase) -> None:
    """A row's own region and day go before those asked for, and keep their cells under another name."""
    rows = pa.table(
        {
            "source": ["rose"] * 5,
            "use": ["topical"] * 5,
            "region": ["Britain; JP", "", "Narnia", "UK;UK", None],
            "as_of": ["2020-01-01", "", "2020-01-01", "soon", "1980-01-01"],
        }
    )
    found = decide(rows, ["US"], DAY, compiled).to_pylist()
    assert [(row["region"], row["as_of"], row["status"]) for row in found] == [
        ("UK", date(2020, 1, 1), "cosmetic"),
        ("JP", date(2020, 1, 1), found[1]["status"]),
        ("US", DAY, found[2]["status"]),
        (None, date(2020, 1, 1), None),
        ("UK", None, None),
        ("US", date(1980, 1, 1), "undetermined"),
    ]
    assert found[0]["region_in"] == "Britain; JP"
    assert found[4]["as_of_in"] == "soon"
    assert found[3]["error"].startswith("`Narnia` is not an encoded region")
    assert found[4]["error"] == "`soon` is not a day; write it like 2026-11-22"
    assert found[5]["supply"] == "withhold"
    assert found[5]["rules"] is None


def test_a_wrong_cell_is_named_and_the_rest_goes_on(compiled: CompiledBase) -> None:
    """A row with words that are not known says all of them and has no answer; other rows have theirs."""
    rows = pa.table({"source": ["umbilicl", "salmon", "salmon"], "use": ["topicl", "topical", "topical"],
                     "donor": ["", "autologous", ""]})  # fmt: skip
    found = decide(rows, ["UK"], DAY, compiled).to_pylist()
    assert found[0]["error"] == (
        "`topicl` is not a use that exoreg knows; did you mean `topical`?; "
        "`umbilicl` is not a source that exoreg knows; did you mean `umbilical`?"
    )
    assert "contradicts" in found[1]["error"]
    assert [row["status"] for row in found] == [None, None, "cosmetic"]


def test_names_that_collide_are_kept(compiled: CompiledBase) -> None:
    """A column with the name of one of the answer's keeps its cells under a name that is free."""
    rows = pa.table({"status": ["x"], "status_in": ["y"], "source": ["rose"]})
    found = decide(rows, ["UK"], DAY, compiled)
    assert found.schema.names[:3] == ["status_in_in", "status_in", "source"]
    assert found.column("status_in_in").to_pylist() == ["x"]
    assert found.column("status").to_pylist() != ["x"]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([["appearance", "disease"], None, []]),
        pa.array(["appearance;disease", None, ""], pa.large_string()),
        pa.array(["appearance;disease", None, ""]).dictionary_encode(),
    ],
)
def test_any_type_of_text(compiled: CompiledBase, cells: pa.Array) -> None:
    """Lists, long texts and dictionaries of texts mean what the same texts mean."""
    rows = pa.table({"source": ["rose"] * 3, "use": ["topical"] * 3, "claims": cells})
    found = decide(rows, ["UK"], DAY, compiled)
    assert found.column("status").to_pylist() == ["drug", "cosmetic", "cosmetic"]


def test_the_same_kind_of_object(compiled: CompiledBase) -> None:
    """A table gives a table, a batch a batch, a stream a stream; empty ones too."""
    table = pa.table({"source": ["rose", "salmon"]})
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(1))
    answers = decide(table, ["UK"], DAY, compiled)
    assert decide(table.to_batches()[0], ["UK"], DAY, compiled).to_pylist() == answers.to_pylist()
    assert decide(reader, ["UK"], DAY, compiled).read_all().to_pylist() == answers.to_pylist()
    nothing = decide(table.slice(0, 0), ["UK"], DAY, compiled)
    assert nothing.num_rows == 0
    assert nothing.schema == answers.schema
    assert decide(pa.RecordBatch.from_pylist([], table.schema), None, DAY, compiled).num_rows == 0


def test_an_unknown_region_is_refused(compiled: CompiledBase) -> None:
    """A region asked for that is not encoded is an error at once, not in every row."""
    with pytest.raises(WordError):
        decide(pa.table({"source": ["rose"]}), ["Narnia"], DAY, compiled)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(1, 40), bound=st.sampled_from([1, 60, 1 << 20]))
def test_cuts_and_forgetting_change_nothing(compiled: CompiledBase, seed: int, cut: int, bound: int) -> None:
    """However the rows are cut into batches, and however little is remembered, the answers are the same."""
    from exoreg.batch import cells, columns, words

    rows = pa.table(catalogue(compiled.vocabulary, 40, seed))
    whole = decide(rows, ["UK", "JP"], DAY, compiled).to_pylist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "MOST_ENTRIES", bound * 256)
        patch.setattr(words, "KEPT", bound)
        patch.setattr(cells, "MOST_PAIRS", bound)
        decider = Decider(compiled, ["UK", "JP"], DAY)
        parts = [part for batch in rows.to_batches(cut) for part in decider.batches(batch)]
    assert pa.Table.from_batches(parts).to_pylist() == whole
