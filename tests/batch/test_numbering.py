"""Numbers for cells: whatever a column holds and however it is kept, a cell's number leads back to its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exoreg.batch.numbering import Column, Numbering

Texts = list[str | None]

# Words that make each other's texts when they stand side by side, and one that is too long for sequences.
WORDS = ["", "a", "b", "ab", "ba", "aba", "é", "a" * 255, "a" * 256, "a" * 511]


def cells_of(column: Column) -> list[str]:
    """The text of every cell by its number."""
    return [column.cells[number][0] for number in column.numbers.tolist()]


def as_read(texts: Texts) -> list[str]:
    """What the cells say: nothing, where they are null."""
    return [text or "" for text in texts]


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9, unique=True)
    | st.integers(9, 40).map(lambda most: ["a" * length for length in range(most)]),
    seeds=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4),
    stranger=st.sampled_from([None, "c", "aab", "b" * 300]),
)
def test_every_cell_has_its_text(words: list[str], seeds: list[int], stranger: str | None) -> None:
    """Batch after batch, words that run into each other and words never seen before keep their own numbers."""
    known = Numbering()
    for number, seed in enumerate(seeds):
        pick = np.random.default_rng(seed)
        texts: Texts = [words[place] for place in pick.integers(0, len(words), pick.integers(0, 30_000))]
        if number and stranger is not None and texts:
            texts[int(pick.integers(0, len(texts)))] = stranger
        assert cells_of(known.number(pa.array(texts, pa.string()))) == as_read(texts)


def _with_hidden_text(texts: Texts) -> pa.Array:
    """Nulls under which a text lies."""
    full = pa.array(["xyz" if text is None else text for text in texts], pa.string())
    bits = np.packbits(np.array([text is not None for text in texts], np.bool_), bitorder="little")
    return pa.Array.from_buffers(pa.string(), len(full), [pa.py_buffer(bits), *full.buffers()[1:]])


FORMS: dict[str, Callable[[Texts], pa.Array]] = {
    "text": lambda texts: pa.array(texts, pa.string()),
    "long text": lambda texts: pa.array(texts, pa.large_string()),
    "views": lambda texts: pa.array(texts, pa.string_view()),
    "dictionary": lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
    "dictionary of bytes": lambda texts: pa.array(texts, pa.dictionary(pa.int8(), pa.string())),
    "lists": lambda texts: pa.array(
        [text if text is None else [text] for text in texts], pa.list_(pa.string())
    ),
    "hidden": _with_hidden_text,
    "a slice": lambda texts: pa.array(["x", *texts, "y"], pa.string()).slice(1, len(texts)),
}


@pytest.mark.parametrize("form", FORMS)
def test_however_it_is_kept(form: str) -> None:
    """Any type of text, nulls and slices mean the texts that one sees in them, before and after words are known."""
    pick, known = np.random.default_rng(5), Numbering()
    for rows in (2_003, 0, 1, 2_002):
        texts: Texts = [[None, "", "a", "b", "ab"][place] for place in pick.integers(0, 5, rows)]
        assert cells_of(known.number(FORMS[form](texts))) == as_read(texts)


def test_few_words_are_looked_up_together() -> None:
    """Once its words are known, no cell of a column is looked up alone, but for a last one without neighbours."""
    texts = pa.array(["alpha", "beta", "", "", "betaalpha"] * 1000 + [""])
    known = Numbering()
    known.number(texts)
    sequences = known._sequences_for(len(texts))
    assert sequences is not None
    _, left = sequences.number(texts)
    assert left.tolist() == [5000]


@pytest.mark.parametrize("words", [[f"w{n}" for n in range(65)], ["a", "b" * 256]])
def test_many_words_are_not_remembered(words: Sequence[str]) -> None:
    """A column of many words, or of long ones, is numbered afresh each time, so that memory stays what it was."""
    known = Numbering()
    for _ in range(2):
        column = known.number(pa.array(words))
        assert cells_of(column) == list(words)
    assert not known._words
    assert known._sequences is None


def test_no_column_is_an_empty_cell() -> None:
    """A column that is missing, or of nulls alone, is one empty cell for all rows."""
    for column in (None, pa.nulls(7)):
        found = Numbering().number(column)
        assert (found.numbers.tolist(), list(found.cells)) == ([0], [("",)])


@pytest.mark.parametrize(
    "strangers", [["rose", "human", "sal", "monrose"], ["human", "human", "humus", "human"]]
)
def test_strangers_are_no_known_words(strangers: list[str]) -> None:
    """A word never seen is none of those that are known, be its text with its neighbour's the same, or its length."""
    known = Numbering()
    known.number(pa.array(["human", "rose", "salmon", "bovine", "plant"] * 500))
    assert cells_of(known.number(pa.array(strangers * 700))) == strangers * 700
