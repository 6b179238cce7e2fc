"""Answers for whole catalogues: Arrow in, Arrow out, a column at a time.

``decide`` answers for a table in memory; ``Decider`` keeps what it has learned from one batch to the next.
"""

from exoreg.batch.table import Decider, decide

__all__ = ["Decider", "decide"]
