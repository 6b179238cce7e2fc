"""The entries of the lexicon do what they say."""

from __future__ import annotations

from exoreg.offer.lexicon import lexicon_dir
from exoreg.offer.lexicon_check import check_examples
from exoreg.offer.lexicon_files import read_lexicon


def test_every_entry_reads_its_example_and_not_its_counter_example() -> None:
    """No file of the lexicon is wrong, and each entry reads its example and leaves its counter-example alone."""
    lexicon = read_lexicon(lexicon_dir())

    assert [str(problem) for problem in (*lexicon.problems, *check_examples(lexicon))] == []
