"""Numbers for the cells of a column: equal cells of a batch have one number, and each is read once.

Finding the number of a text costs the same whether it is short or long, and a catalogue says the same few words
over and over. The cells of neighbouring rows lie one after the other in an Arrow column, so several of them are
taken for one text and looked up together, among all sequences of the words that were seen before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from exoreg.batch.words import SEPARATOR, Cells

Numbers = NDArray[np.integer[Any]]

SEQUENCES = 1 << 12
"""The most sequences of words that are looked up: more would not stay in a processor's cache."""
TOGETHER = (4, 2)
"""How many cells are looked up together: the first of these for which there are not too many sequences."""
LONGEST = 255
"""The most bytes of a word that is looked up together with others, for lengths are compared as bytes."""
WAYS = 8
"""The most ways that are tried to make a text of words; its cells are then looked up one by one."""


@dataclass
class Column:
    """The cells of one step: a number for each row (or one for all), and the distinct cells it counts."""

    numbers: Numbers
    cells: Sequence[Cells]

    def number(self, row: int) -> int:
        """The number of the cells of a row."""
        return int(self.numbers[row if len(self.numbers) > 1 else 0])


class Numbering:
    """Numbers the cells of one column, batch after batch; remembers its words while they are few."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._sequences: _Sequences | None = None
        self._few = True

    def number(self, array: pa.Array | None) -> Column:
        """Numbers the cells of a batch; a column that is not there is one empty cell for all rows."""
        if array is None or pa.types.is_null(array.type):
            return Column(np.zeros(1, np.int32), [("",)])
        array = joined_lists(array)
        if pa.types.is_dictionary(array.type):
            if len(array.dictionary) <= len(array):
                return _one_by_one(array)
            array = array.dictionary_decode()
        texts = pc.cast(array, pa.string())
        if texts.null_count:
            texts = pc.fill_null(texts, "")
        return (self._together(texts) if self._few else None) or _one_by_one(texts.dictionary_encode())

    def _together(self, texts: pa.Array) -> Column | None:
        """As ``number``, with the words of earlier batches; None when there are too many of them."""
        sequences = self._sequences_for(len(texts))
        if sequences is not None:
            numbers, left = sequences.number(texts)
        else:
            numbers, left = np.empty(len(texts), np.uint8), np.arange(len(texts))
        if len(left):
            rest = (texts.take(pa.array(left)) if len(left) < len(texts) else texts).dictionary_encode()
            of_words = [
                self._words.setdefault(word, len(self._words)) for word in rest.dictionary.to_pylist()
            ]
            self._few = _size(len(self._words)) is not None and all(
                len(word.encode()) <= LONGEST for word in self._words
            )
            if not self._few:
                self._words.clear()
                self._sequences = None
                return None
            numbers[left] = np.array(of_words, np.uint8).take(rest.indices.to_numpy())
        return Column(numbers, [(word,) for word in self._words])

    def _sequences_for(self, rows: int) -> _Sequences | None:
        """The sequences of the words that are known; None when there are too few rows for so many."""
        size, count = _size(len(self._words)), len(self._words)
        if not count or size is None or rows < count**size * size:
            return None
        if self._sequences is None or self._sequences.words < count:
            self._sequences = _Sequences.of(list(self._words), size)
        return self._sequences


def _size(words: int) -> int | None:
    """How many cells are looked up together when there are so many words."""
    return next((size for size in TOGETHER if words**size <= SEQUENCES), None)


@dataclass(frozen=True)
class _Sequences:
    """All sequences of ``size`` words: their texts, each once, and the ways in which a text is made of words.

    "ab" and "c" make the same text as "a" and "bc", so a way is the lengths of the words, and their numbers; both
    are kept as the bytes of one integer. ``ways[n]`` has the nth way of each text, or its first one again.
    """

    words: int
    size: int
    texts: pa.Array
    ways: list[tuple[NDArray[Any], NDArray[Any]]]

    @classmethod
    def of(cls, words: Sequence[str], size: int) -> _Sequences:
        """All sequences of so many of the words."""
        parts = [word.encode() for word in words]
        ways: dict[bytes, list[tuple[int, ...]]] = {}
        for numbers in product(range(len(parts)), repeat=size):
            ways.setdefault(b"".join([parts[number] for number in numbers]), []).append(numbers)
        lengths = np.array([len(part) for part in parts], np.uint8)
        tables = []
        for way in range(min(WAYS, max(map(len, ways.values())))):
            chosen = np.array([found[way if way < len(found) else 0] for found in ways.values()], np.uint8)
            tables.append((_packed(lengths[chosen], size), _packed(chosen, size)))
        return cls(len(words), size, pa.array(list(ways), pa.binary()), tables)

    def number(self, texts: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The number of each cell, and the rows of those that are still to be numbered."""
        rows, size = len(texts), self.size
        count = rows // size
        _, offsets, content = texts.buffers()
        begins = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + count * size + 1]
        every = pa.py_buffer(np.ascontiguousarray(begins[::size]))
        places = pc.index_in(pa.Array.from_buffers(pa.binary(), count, [None, every, content]), self.texts)
        found = pc.fill_null(places, 0).to_numpy()
        lengths = _packed(np.diff(begins).astype(np.uint8), size)
        wanted, of_texts = self.ways[0]
        numbers = of_texts.take(found)
        wrong = wanted.take(found) != lengths
        unknown = (
            places.is_null().to_numpy(zero_copy_only=False) if places.null_count else np.zeros_like(wrong)
        )
        wrong = np.flatnonzero(wrong | unknown)
        for wanted, of_texts in self.ways[1:]:
            text = found.take(wrong)
            numbers[wrong] = of_texts.take(text)
            wrong = wrong[(wanted.take(text) != lengths.take(wrong)) | unknown.take(wrong)]
        left = (wrong[:, None] * size + np.arange(size)).reshape(-1)
        last = np.arange(count * size, rows)
        return np.concatenate([numbers.view(np.uint8), last.astype(np.uint8)]), np.concatenate([left, last])


def _packed(values: NDArray[np.uint8], size: int) -> NDArray[Any]:
    """Each ``size`` bytes as one integer."""
    return values.reshape(-1).view(f"u{size}")


def _one_by_one(array: pa.DictionaryArray) -> Column:
    words = pc.cast(array.dictionary, pa.string()).to_pylist()
    numbers = array.indices
    if numbers.null_count:
        numbers = pc.fill_null(pc.cast(numbers, pa.int32()), len(words))
        words.append("")
    return Column(
        numbers.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), [(word or "",) for word in words]
    )


def joined_lists(array: pa.Array) -> pa.Array:
    """A column with lists of words as one with their words in one text."""
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        return pc.binary_join(pc.cast(array, pa.list_(pa.string())), SEPARATOR)
    return array
