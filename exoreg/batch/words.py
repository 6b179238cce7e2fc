"""What the cells of a catalogue mean: each distinct cell is read once, with the words of ``check``."""

from __future__ import annotations

from datetime import date

from exoreg.facts.product import Atom, Product, ProductError, atoms_of
from exoreg.facts.vocabulary import Vocabulary, WordError

Cells = tuple[str, ...]
"""The cells of one step: two for source and donor, which depend on each other, one for every other fact."""

STEPS: tuple[Cells, ...] = (
    ("use",),
    ("setting",),
    ("claims",),
    ("source", "donor"),
    ("form",),
    ("evidence",),
)
"""The facts in the order in which the columns are walked; facts that bound each other are one step."""

SEPARATOR = ";"
"""Between the words of one cell."""

KEPT = 50_000
"""How many distinct cells are remembered before all are forgotten, so that memory does not grow with a file."""


class CellError(ValueError):
    """A cell that cannot be read, in words for the person who wrote it."""


class Words:
    """Reads cells; remembers what each meant."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._read: dict[tuple[int, Cells], list[tuple[Atom, ...]] | str] = {}

    def atoms(self, step: int, cells: Cells) -> list[tuple[Atom, ...]]:
        """The values, or pairs of source and donor, that the cells of a step may mean.

        An empty cell is a fact that nobody stated.

        Raises:
            CellError: a word is unknown, or source and donor contradict each other.
        """
        key = (step, cells)
        if key not in self._read:
            if len(self._read) >= KEPT:
                self._read.clear()
            try:
                self._read[key] = self._atoms(STEPS[step], cells)
            except (WordError, ProductError) as error:
                self._read[key] = reason(error)
        found = self._read[key]
        if isinstance(found, str):
            raise CellError(found)
        return found

    def _atoms(self, facts: Cells, cells: Cells) -> list[tuple[Atom, ...]]:
        stated = {fact: words for fact, cell in zip(facts, cells, strict=True) if (words := split(cell))}
        product = Product.make(self.vocabulary, stated)
        if len(facts) == 1:
            return [(atom,) for atom in atoms_of(self.vocabulary.facts[facts[0]], product.values[facts[0]])]
        return [
            (source, donor)
            for box in product.boxes(self.vocabulary)
            for source in box["source"]
            for donor in box["donor"]
        ]

    def regions(self, cell: str) -> list[str | CellError]:
        """The regions that a cell names, each once; a word that names none is an error in its place."""
        found: dict[str, str | CellError] = {}
        for word in split(cell):
            try:
                region = self.vocabulary.regions.resolve(word)
                found[region] = region
            except WordError as error:
                found[word] = CellError(
                    reason(error).replace("a region that exoreg knows", "an encoded region")
                )
        return list(found.values())


def split(cell: str) -> tuple[str, ...]:
    """The words of a cell, without the spaces around them."""
    return tuple(word for part in cell.split(SEPARATOR) if (word := part.strip()))


def read_day(cell: str) -> date | None:
    """The day that a cell names; None when it is no day."""
    try:
        return date.fromisoformat(cell.strip())
    except ValueError:
        return None


def reason(error: WordError | ProductError) -> str:
    """Why a cell cannot be read, with the nearest words."""
    nearest = error.nearest if isinstance(error, WordError) else ()
    near = " or ".join(f"`{word}`" for word in nearest)
    return f"{error}; did you mean {near}?" if near else str(error)
