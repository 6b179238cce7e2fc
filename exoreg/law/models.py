"""The shape of everything in a rule base, checked by pydantic; frozen once read.

Field descriptions are what an editor shows on hover (see ``exoreg rules schema``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from exoreg.law.terms import Confidence, Kind, Status, Supply

Day = date


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _choice(value: Any) -> Any:
    return {"is": _listed(value)} if isinstance(value, (str, list)) else value


def _year(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _citation(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(\.[a-z0-9]+(-[a-z0-9]+)*){2}$")]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
LooseDate = Annotated[
    str,
    BeforeValidator(_year),
    StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
]


class Model(BaseModel):
    """Base of all: unknown keys are errors, and what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(Model):
    """Days in force, both included; an open end is None."""

    from_: date | None = Field(None, alias="from", description="The first day in force.")
    to: date | None = Field(None, description="The last day in force.")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.from_ and self.to and self.from_ > self.to:
            raise ValueError(f"in force from {self.from_} to {self.to}: the last day comes before the first")
        return self

    def covers(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


ALWAYS = Period()


class Verified(Model):
    """How and when the wording was last checked."""

    how: Literal["seen", "memory"] = Field(description="seen: a copy was read; memory: it was not.")
    on: date = Field(description="The day of the check.")
    at: tuple[Url, ...] = Field((), description="The pages that were read.")
    confidence: Confidence = Field(Confidence.HIGH, description="How sure the wording is.")
    note: Text | None = Field(None, description="What exactly was seen, and what was not.")


class Suppression(Model):
    """A finding of `rules lint` that is known and accepted, for a reason and for a time."""

    check: Id = Field(description="The id of the check.")
    reason: Text = Field(description="Why it is accepted.")
    until: date = Field(description="The last day on which it is accepted.")


class Instrument(Model):
    """One legal source with a pinpoint."""

    id: Id = Field(description="Stable, never reused.")
    region: str = Field(description="The region whose law it is.")
    kind: Kind = Field(description="What sort of source it is.")
    title: Text = Field(description="Its title in English.")
    local_title: Text | None = Field(None, description="Its title in its own language.")
    pinpoint: Text = Field(description="Article, section or entry.")
    says: Text = Field(description="What it says, in our own words.")
    url: Url = Field(description="Its official address.")
    in_force: Period = Field(ALWAYS, description="The days in force, both included.")
    regulator: Text = Field(description="Who applies it.")
    verified: Verified = Field(description="How and when it was checked.")
    ignore: tuple[Suppression, ...] = Field((), description="Findings that are known and accepted here.")


class Citation(Model):
    """An instrument, with a narrower pinpoint where its own is too wide."""

    id: str = Field(description="The instrument's id.")
    pinpoint: Text | None = Field(None, description="A narrower pinpoint.")


Citations = Annotated[tuple[Annotated[Citation, BeforeValidator(_citation)], ...], BeforeValidator(_listed)]


class Choice(Model):
    """Which values of one fact meet a condition; `is` and `not` name nodes and mean all leaves below."""

    is_: Words | None = Field(None, alias="is", description="Any of these.")
    not_: Words | None = Field(None, alias="not", description="None of these.")

    @model_validator(mode="after")
    def _says_something(self) -> Choice:
        if self.is_ is None and self.not_ is None:
            raise ValueError("says neither `is` nor `not`")
        return self


FactChoice = Annotated[Choice, BeforeValidator(_choice)] | None


class When(Model):
    """A condition on the facts of a product: everything stated must hold."""

    source: FactChoice = Field(None, description="What the exosomes come from.")
    donor: FactChoice = Field(None, description="Whose cells they are.")
    form: FactChoice = Field(None, description="What is in the vial.")
    use: FactChoice = Field(None, description="How it is put on or into the body.")
    claims: FactChoice = Field(None, description="What is promised; a name means: contains it.")
    setting: FactChoice = Field(None, description="In what framework it reaches the person.")
    evidence: FactChoice = Field(None, description="Documents really produced; a name means: contains it.")
    any: tuple[When, ...] | None = Field(None, description="At least one of these conditions holds.")
    all: tuple[When, ...] | None = Field(None, description="All of these conditions hold.")

    def choices(self) -> dict[str, Choice]:
        """The stated facts, by name."""
        named = {name: getattr(self, name) for name in FACT_NAMES}
        return {name: choice for name, choice in named.items() if choice is not None}


FACT_NAMES = tuple(name for name in When.model_fields if name not in ("any", "all"))
EMPTY_WHEN = When()


class Expect(Model):
    """What a case expects; what is left out is not checked."""

    status: Status | Literal["depends"] | None = Field(None, description="The status, or `depends`.")
    supply: Supply | None = Field(None, description="Whether it may be supplied.")
    confidence: Confidence | None = Field(None, description="How sure the answer is.")
    grounds: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules among the grounds."
    )
    not_grounds: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules that must not be among the grounds."
    )
    also: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules among what holds even without the grounds."
    )
    not_also: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules that must not be among those."
    )
    conditions: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Conditions among those of the supply."
    )
    not_conditions: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Conditions that must not be among those."
    )
    cautions: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules whose caution is shown."
    )
    not_cautions: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Rules whose caution must not be shown."
    )
    questions: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Facts asked about."
    )
    statements: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Statements shown with the answer."
    )
    not_statements: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Statements that must not be shown with it."
    )
    decides: Text | None = Field(None, description="Text that names who decides.")


FactWords = Annotated[tuple[str, ...], BeforeValidator(_listed)] | None


class Case(Model):
    """A product with the answer it must get."""

    id: Id | None = Field(None, description="Stable, never reused; needed in a case file.")
    title: Text | None = Field(None, description="The product in a few words.")
    region: str | None = Field(None, description="Where; beside a rule its region, when left out.")
    as_of: date | None = Field(None, description="The day asked about; left out, the day of the last review.")
    source: FactWords = None
    donor: FactWords = None
    form: FactWords = None
    use: FactWords = None
    claims: FactWords = None
    setting: FactWords = None
    evidence: FactWords = None
    argument: str | None = Field(None, description="The seller's argument made; the region must answer it.")
    expect: Expect = Field(description="The answer it must get.")
    note: Text | None = Field(None, description="A further remark.")

    def stated(self) -> dict[str, tuple[str, ...]]:
        """The facts that the case states, by name."""
        named = {name: getattr(self, name) for name in FACT_NAMES}
        return {name: words for name, words in named.items() if words is not None}


class Rule(Model):
    """A statement of law: when these facts hold, this follows, because of these citations."""

    id: RuleId = Field(description="<region>.<subject>.<name>; stable, never reused.")
    title: Text = Field(description="What the rule says, in a few words.")
    region: str = Field(description="Where it holds; regions below it are included.")
    when: When = Field(EMPTY_WHEN, description="The facts it needs; empty means always.")
    status: Status | None = Field(None, description="What it concludes.")
    supply: Supply | None = Field(None, description="Left out, it follows from the status.")
    because: Text = Field(description="At most two plain sentences, no more than the citations say.")
    note: Text | None = Field(None, description="A further remark for `explain`.")
    cite: Citations = Field((), description="The instruments it rests on.")
    confidence: Confidence = Field(description="How sure the reading of the law is.")
    decides: Text | None = Field(None, description="Who settles it, where the law is not settled.")
    requires: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="Conditions of a lawful supply."
    )
    caution: Text | None = Field(None, description="One sentence shown whenever the rule is effective.")
    in_force: Period = Field(ALWAYS, description="The days on which it holds, both included.")
    overrides: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="The rules it is an exception to."
    )
    authorised: bool = Field(
        False, description="Speaks only while the register lists a product for the region."
    )
    cases: tuple[Case, ...] = Field((), description="Products that this rule decides.")
    ignore: tuple[Suppression, ...] = Field((), description="Findings that are known and accepted here.")


class Condition(Model):
    """What must be shown for a permitted supply to stay lawful."""

    id: Id = Field(description="<region>-cond-<name>; stable, never reused.")
    region: str = Field(description="The region whose law asks for it.")
    title: Text = Field(description="What is asked for, in a few words.")
    ask: Text = Field(description="What to ask the seller for.")
    cite: Citations = Field((), description="The instruments that ask for it.")
    note: Text | None = Field(None, description="A further remark.")


class Argument(Model):
    """A seller's argument: a pitch commonly made."""

    id: Id = Field(description="Stable, never reused.")
    title: Text = Field(description="What the argument is called.")
    pitch: Text = Field(description="What the seller says.")


class Answer(Model):
    """What the law of one region says to a seller's argument."""

    argument: str = Field(description="The id of the argument.")
    region: str = Field(description="The region whose law answers.")
    verdict: Literal["fails", "holds", "depends"] = Field(description="Whether the argument holds there.")
    says: Text = Field(description="What the law says to it, in our own words.")
    cite: Citations = Field((), description="The instruments it rests on.")
    rules: tuple[str, ...] = Field((), description="Rules that say the same.")
    note: Text | None = Field(None, description="A further remark.")


class Statement(Model):
    """What a regulator, a court or a trade body said or did on one day."""

    id: Id = Field(description="Stable, never reused.")
    region: str = Field(description="Where it was made.")
    date: LooseDate = Field(description="The day, the month or the year.")
    kind: Literal[
        "statement", "enforcement-letter", "judgment", "ruling", "industry-position", "press-report"
    ] = Field(description="What sort of statement it is.")
    from_: Text = Field(alias="from", description="Who made it.")
    to: Text | None = Field(None, description="To whom.")
    title: Text | None = Field(None, description="Its title.")
    says: Text = Field(description="What it says, in our own words.")
    url: Url | None = Field(None, description="Its address.")
    when: When | None = Field(None, description="The answers it is shown with.")
    verified: Verified = Field(description="How and when it was checked.")
    note: Text | None = Field(None, description="A further remark.")

    @property
    def first_day(self) -> Day:
        """The earliest day that the date can mean."""
        year, month, day = (*map(int, self.date.split("-")), 1, 1)[:3]
        return Day(year, month, day)


class RegisterCheck(Model):
    """One place where authorised products were looked for, and what was found."""

    what: Text = Field(description="What was looked at.")
    on: date = Field(description="The day of the check.")
    how: Literal["seen", "memory"] = Field(description="seen: the page was read; memory: it was not.")
    url: Url | None = Field(None, description="Its address.")
    found: Text = Field(description="What was found.")


class AuthorisedProduct(Model):
    """An exosome product authorised in a region."""

    name: Text = Field(description="Its name.")
    holder: Text = Field(description="Who holds the authorisation.")
    in_force: Period = Field(description="The days on which it is authorised.")
    scope: Text = Field(description="For what it is authorised.")
    cite: Citations = Field((), description="Where that can be read.")


class Register(Model):
    """The authorised exosome products of a region, and how that was checked."""

    region: str = Field(description="The region that it is of.")
    checked: tuple[RegisterCheck, ...] = Field(description="Where was looked, and what was found.")
    not_checked: Text | None = Field(None, description="What could not be looked at.")
    note: Text | None = Field(None, description="A further remark.")
    products: tuple[AuthorisedProduct, ...] = Field(
        description="The authorised products; empty when there is none."
    )


class Effect(Model):
    """An effect that a cosmetic of the region may claim, from a closed list."""

    id: Id = Field(description="Stable, never reused.")
    text: Text = Field(description="The wording of the list.")
    gloss: Text = Field(description="What it means, in English.")
    group: Text = Field(description="What it is about.")
    verified: Literal["seen", "memory"] = Field(description="seen: the list was read; memory: it was not.")
    condition: Text | None = Field(None, description="What it may be claimed on.")


class Meta(Model):
    """The rule base as a whole."""

    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{2}\.\d{2}(\.\d+)?$")] = Field(
        description="The version, from the day of its making."
    )
    reviewed: date = Field(description="The day of the last review.")
    review_by: date = Field(description="The day by which it is to be reviewed again.")
    earliest: dict[str, date] = Field(description="For each region the first day whose law is encoded.")


class VocabularyValue(Model):
    """One node of a tree of fact values or regions."""

    id: str = Field(description="Stable; what rules and cases name.")
    title: Text = Field(description="What it is called in an answer.")
    says: Text | None = Field(None, description="What it is, in a sentence.")
    aliases: tuple[str, ...] = Field((), description="Other words for it.")
    donors: tuple[str, ...] = Field((), description="What the donor can be; the first is assumed.")
    ask: Text | None = Field(None, description="How it is asked for.")
    who: Text | None = Field(None, description="Who can tell.")
    values: tuple[VocabularyValue, ...] = Field((), description="The narrower values within it.")


class VocabularyFact(Model):
    """A fact and its tree."""

    id: Literal["source", "donor", "form", "use", "claims", "setting", "evidence"] = Field(
        description="Which fact it is."
    )
    title: Text = Field(description="What it is called in an answer.")
    says: Text = Field(description="What it is, in a sentence.")
    ask: Text = Field(description="How it is asked for.")
    who: Text = Field(description="Who can tell.")
    kind: Literal["one", "set"] = Field("one", description="one: a product has one value; set: any number.")
    default: str | tuple[str, ...] | None = Field(None, description="What is assumed when nothing is stated.")
    values: tuple[VocabularyValue, ...] = Field(description="Its values.")


class VocabularyFile(Model):
    """The whole of ``vocabulary.yaml``."""

    facts: Annotated[tuple[VocabularyFact, ...], Field(min_length=7, max_length=7)] = Field(
        description="The seven facts."
    )
    regions: tuple[VocabularyValue, ...] = Field(
        description="The regions; a rule for one holds in those within it."
    )


When.model_rebuild()
Rule.model_rebuild()
