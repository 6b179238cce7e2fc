"""The decision table of a rule base as plain tables, with SQL that joins a catalogue to them.

``words`` and ``origins`` say to which class a cell belongs (``origins`` for source and donor together), and
``decisions`` has the answer for every combination of classes: a warehouse needs no Python. The tables know ids,
titles and aliases of single values, and empty cells; a cell that they do not know (an inner node such as ``human``,
``?``, a mistake) finds no row, so its product has no answer there rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa

from exoreg.batch.cells import gather
from exoreg.batch.columns import WRONG, Answer, Answers, Walker
from exoreg.batch.numbering import Column
from exoreg.batch.words import SEPARATOR, STEPS, Cells, Words
from exoreg.engine.store import CompiledBase
from exoreg.facts.vocabulary import Fact, Vocabulary

CLASSES = tuple("origin" if len(facts) > 1 else facts[0] for facts in STEPS)
"""The columns of classes of ``decisions``."""


def tables(base: CompiledBase, regions: Sequence[str], day: date) -> dict[str, pa.Table]:
    """The tables ``words``, ``origins`` and ``decisions`` for one day."""
    words: list[tuple[str, str, str, int]] = []
    origins: list[tuple[str, str, str, int]] = []
    decisions: list[pa.Table] = []
    reader = Words(base.vocabulary)
    for region in regions:
        answers = Answers()
        walker = Walker(base.region(region), reader, answers)
        columns = []
        for step, facts in enumerate(STEPS):
            first: dict[int, Cells] = {}
            for cells, spellings in _cells(base.vocabulary, facts):
                number = walker.class_of(step, cells)
                if number == WRONG:
                    continue
                first.setdefault(number, cells)
                if len(facts) == 1:
                    words += [(region, facts[0], word, number) for (word,) in spellings]
                else:
                    origins += [(region, source, donor, number) for source, donor in spellings]
            columns.append(first)
        decisions.append(_decisions(region, walker, answers, columns, day))
    return {
        "words": _table(words, ("region", "fact", "word", "class")),
        "origins": _table(origins, ("region", "source", "donor", "class")),
        "decisions": pa.concat_tables(decisions).unify_dictionaries(),
    }


def _cells(vocabulary: Vocabulary, facts: Cells) -> Iterator[tuple[Cells, list[Cells]]]:
    """The cells that the tables know, each with all its spellings, in small letters."""
    spelled = [dict(_spellings(vocabulary.facts[fact])) for fact in facts]
    if len(facts) == 1:
        for cell, spellings in spelled[0].items():
            yield (cell,), [(spelling,) for spelling in spellings]
        return
    sources, donors = spelled
    for source, source_words in sources.items():
        for donor, donor_words in donors.items():
            yield (source, donor), [(first, second) for first in source_words for second in donor_words]


def _spellings(fact: Fact) -> Iterator[tuple[str, list[str]]]:
    yield "", [""]
    if fact.is_set:
        for size in range(1, len(fact.leaves) + 1):
            for leaves in combinations(sorted(fact.leaves), size):
                yield SEPARATOR.join(leaves), [SEPARATOR.join(leaves)]
        return
    for leaf in fact.leaves:
        node = fact.nodes[leaf]
        words = dict.fromkeys(word.lower() for word in (node.id, node.title, *node.aliases))
        yield leaf, [word for word in words if fact.resolve(word) == leaf]


def _decisions(
    region: str, walker: Walker, answers: Answers, classes: Sequence[dict[int, Cells]], day: date
) -> pa.Table:
    """One row for every combination of classes."""
    grid = np.indices([len(found) for found in classes], dtype=np.int32).reshape(len(classes), -1)
    columns = [Column(numbers, list(found.values())) for numbers, found in zip(grid, classes, strict=True)]
    days = Column(np.zeros(1, np.int32), [(day.isoformat(),)])
    found = np.broadcast_to(walker.walk([days, *columns]), grid.shape[1])
    known = list(answers.known)
    numbers = [np.array(list(of), np.int16)[column] for of, column in zip(classes, grid, strict=True)]
    return pa.table(
        {
            "region": gather([[region]], np.zeros(len(found), np.int32))[0],
            **dict(zip(CLASSES, map(pa.array, numbers), strict=True)),
            **dict(zip(Answer._fields, gather([*zip(*known, strict=True)][:5], found), strict=False)),
        }
    )


_NAMED = list(enumerate(Answer._fields[:5]))


def _table(rows: Sequence[tuple[str, str, str, int]], names: Sequence[str]) -> pa.Table:
    columns = list(zip(*rows, strict=True))
    *texts, classes = columns
    return pa.table([*(pa.array(text) for text in texts), pa.array(classes, pa.int16())], names=list(names))


def sql(base: CompiledBase, day: date, folder: str = ".") -> str:
    """The query that answers for a table ``products`` with a column for each of the seven facts."""
    singles = [facts[0] for facts in STEPS if len(facts) == 1]
    joins = "".join(
        f"LEFT JOIN words AS {fact}_word ON {fact}_word.region = r.region AND {fact}_word.fact = '{fact}'\n"
        f"     AND {fact}_word.word = {_cell_sql(base.vocabulary.facts[fact])}\n"
        for fact in singles
    )
    matches = "\n     AND ".join(f"d.{fact} = {fact}_word.class" for fact in singles)
    source, donor = (_cell_sql(base.vocabulary.facts[fact]) for fact in ("source", "donor"))
    named = ", ".join(f"d.{name}" for _, name in _NAMED)
    return f"""\
-- Answers for a table `products` with the columns {", ".join(base.vocabulary.facts)}.
-- Made by `exoreg rules export` from rule base {base.version} ({base.sha256[:12]}), for {day}.
-- A product without a row in `decisions` has a cell that these tables do not know: ask `exoreg batch`.
WITH words AS (FROM '{folder}/words.parquet'),
     origins AS (FROM '{folder}/origins.parquet'),
     decisions AS (FROM '{folder}/decisions.parquet')
SELECT p.*, r.region, DATE '{day}' AS as_of, {named}
FROM products AS p
CROSS JOIN (SELECT DISTINCT region FROM words) AS r
{joins}LEFT JOIN origins AS o ON o.region = r.region
     AND o.source = {source}
     AND o.donor = {donor}
LEFT JOIN decisions AS d ON d.region = r.region AND d.origin = o.class
     AND {matches}
"""


def _cell_sql(fact: Fact) -> str:
    cell = f"lower(trim(coalesce(p.{fact.id}, '')))"
    if not fact.is_set:
        return cell
    words = f"list_transform(string_split({cell}, '{SEPARATOR}'), lambda word: trim(word))"
    return f"array_to_string(list_sort(list_distinct(list_filter({words}, lambda word: word <> ''))), '{SEPARATOR}')"
