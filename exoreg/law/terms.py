"""The closed lists of words that law is stated in; plain enums, so that reading an answer needs no validator."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What a product is in law; the order is the order of precedence."""

    DRUG = "drug"
    UNLAWFUL = "unlawful"
    UNDETERMINED = "undetermined"
    COSMETIC = "cosmetic"


class Supply(StrEnum):
    """Whether it may be supplied; the order is from the strictest to the loosest."""

    PROHIBITED = "prohibited"
    WITHHOLD = "withhold"
    TRIAL_ONLY = "trial-only"
    PERMITTED = "permitted"


class Confidence(StrEnum):
    """How sure the reading of the law is; the order is from the surest."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Kind(StrEnum):
    """What sort of legal source an instrument is; the order is from the strongest to the weakest."""

    STATUTE = "statute"
    REGULATION = "regulation"
    BINDING_LIST = "binding-list"
    JUDGMENT = "judgment"
    GUIDANCE = "guidance"
    STANDING_STATEMENT = "standing-statement"
    ENFORCEMENT_LETTER = "enforcement-letter"
    INDUSTRY_POSITION = "industry-position"


DEPENDS = "depends"
"""The status of a product of which too little is known: the possible situations have different answers."""

DEFAULT_SUPPLY = {
    Status.DRUG: Supply.PROHIBITED,
    Status.UNLAWFUL: Supply.PROHIBITED,
    Status.UNDETERMINED: Supply.WITHHOLD,
    Status.COSMETIC: Supply.PERMITTED,
}
"""The supply that follows from a status where the rule states none."""

STATUS_RANK = {status: rank for rank, status in enumerate(Status)}
SUPPLY_RANK = {supply: rank for rank, supply in enumerate(Supply)}
CONFIDENCE_RANK = {confidence: rank for rank, confidence in enumerate(Confidence)}
