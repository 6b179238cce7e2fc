"""The beginnings of a rule, an instrument or a region: valid at once, with ``TODO`` wherever a person must write.

Nothing is written here: each function gives the files to write, with their whole text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from exoreg.law.folders import shipped_rules
from exoreg.law.format import formatted
from exoreg.law.load import LISTS, MAPPINGS, RULES, load
from exoreg.law.models import Id, RuleId
from exoreg.law.rulebase import RuleBase

Files = dict[Path, str]
"""The files to write, by path, with their text."""

REVIEW = timedelta(days=92)
"""How long a new rule base counts as reviewed."""


class ScaffoldError(ValueError):
    """What was asked for cannot be begun; says why."""


def new_region(folder: Path, region: str, title: str, since: date, today: date) -> Files:
    """A region with one source and one rule that leaves everything undetermined, so that there is no gap.

    Args:
        folder: the rule base; one is begun when there is none.
        region: two capital letters.
        title: what the region is called.
        since: the first day whose law will be encoded.
        today: the day of the review.

    Raises:
        ScaffoldError: the region is there, its id has another form, or the folder lacks a part of a rule base.
    """
    if not re.fullmatch(r"[A-Z]{2}", region):
        raise ScaffoldError(f"`{region}` is no id of a region; write two capital letters")
    if not title.strip():
        raise ScaffoldError("the region needs a title")
    files = (
        _begun(folder, region, title, since, today)
        if _is_new(folder)
        else _joined(folder, region, title, since)
    )
    prefix = region.lower()
    files[folder / "instruments" / f"{prefix}.yaml"] = _instrument(f"{prefix}-todo", region, today)
    rule = _rule(f"{prefix}.unsettled.everything", region, {}, f"{prefix}-todo", "rose", "topical")
    files[folder / prefix / "unsettled.yaml"] = rule
    return {path: _tidy(folder, path, text) for path, text in files.items()}


def new_instrument(folder: Path, id: str, region: str, today: date) -> Files:
    """One more source of a region.

    Raises:
        ScaffoldError: the id is taken or has another form, or the region is unknown.
    """
    base = load((folder,))
    if region not in base.vocabulary.regions.nodes:
        raise ScaffoldError(
            f"region `{region}` is not encoded; encoded are {_quoted(base.vocabulary.regions.nodes)}"
        )
    if not _fits(Id, id):
        raise ScaffoldError(f"`{id}` is no id of an instrument; write lower-case words with hyphens")
    if id in base.instruments:
        raise ScaffoldError(f"instrument `{id}` is there already, at {base.place('instrument', id)}")
    return _added(folder, folder / "instruments" / f"{region.lower()}.yaml", _instrument(id, region, today))


def new_rule(folder: Path, id: str, today: date) -> Files:
    """One more rule, beside those of its region and subject, which its id names.

    Raises:
        ScaffoldError: the id is taken or has another form, or its region is unknown.
    """
    base = load((folder,))
    if not _fits(RuleId, id):
        raise ScaffoldError(f"`{id}` is no id of a rule; write `<region>.<subject>.<name>`")
    if id in base.rules:
        raise ScaffoldError(f"rule `{id}` is there already, at {base.place('rule', id)}")
    prefix, subject, _ = id.split(".")
    region = prefix.upper()
    if region not in base.vocabulary.regions.nodes:
        raise ScaffoldError(
            f"region `{region}` is not encoded; encoded are {_quoted(base.vocabulary.regions.nodes)}"
        )
    files: Files = {}
    source = _source(base, region)
    if source is None:
        source = f"{prefix}-todo"
        files |= new_instrument(folder, source, region, today)
    facts = base.vocabulary.facts
    plainest = facts["source"].leaves[0], facts["use"].leaves[0]
    when = dict(zip(("source", "use"), plainest, strict=True))
    return files | _added(
        folder, folder / prefix / f"{subject}.yaml", _rule(id, region, when, source, *plainest)
    )


def _source(base: RuleBase, region: str) -> str | None:
    """An instrument that a new rule may cite until its own is written."""
    chain = base.chain(region)
    return next((id for id, instrument in base.instruments.items() if instrument.region in chain), None)


def _fits(form: Any, id: str) -> bool:
    try:
        TypeAdapter(form).validate_python(id)
    except ValidationError:
        return False
    return True


def _quoted(words: Mapping[str, object]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _is_new(folder: Path) -> bool:
    return not (folder / "vocabulary.yaml").exists() and not (folder / "rulebase.yaml").exists()


def _begun(folder: Path, region: str, title: str, since: date, today: date) -> Files:
    """A rule base of its own, with the facts of the shipped one."""
    facts = (shipped_rules() / "vocabulary.yaml").read_text(encoding="utf-8")
    facts = facts[: facts.index("\nregions:")]
    # The schema that an editor is to read lies elsewhere, seen from another folder.
    facts = re.sub(r"\A# yaml-language-server:[^\n]*\n", "", facts)
    # Comments just above the regions are about the regions that are left out.
    facts = re.sub(r"(\n#[^\n]*)+\s*\Z", "", facts)
    version = f"{today:%Y.%m.%d}"
    return {
        folder / "vocabulary.yaml": f"{facts}\n\nregions:\n  - {{id: {region}, title: {_text(title)}}}\n",
        folder / "rulebase.yaml": (
            "# The rule base as a whole: its version, the days of review, and from which day each region is encoded.\n"
            f"version: {version}\nreviewed: {today}\nreview_by: {today + REVIEW}\nearliest: {{{region}: {since}}}\n"
        ),
    }


def _joined(folder: Path, region: str, title: str, since: date) -> Files:
    """A region more in a rule base that is there."""
    base = load((folder,))
    if region in base.vocabulary.regions.nodes:
        raise ScaffoldError(f"region `{region}` is there already")
    for part in MAPPINGS:
        if not (folder / part).is_file():
            raise ScaffoldError(f"`{folder}` has no `{part}`; a region is added to a whole rule base")
    words = (folder / "vocabulary.yaml").read_text(encoding="utf-8")
    about = (folder / "rulebase.yaml").read_text(encoding="utf-8")
    entry = f"  - {{id: {region}, title: {_text(title)}}}\n"
    return {
        folder / "vocabulary.yaml": _below(words, "regions", entry),
        folder / "rulebase.yaml": (
            re.sub(r"(?m)^(earliest: \{.*)\}", rf"\1, {region}: {since}}}", about)
            if re.search(r"(?m)^earliest: \{.*\}", about)
            else _below(about, "earliest", f"  {region}: {since}\n")
        ),
    }


def _below(text: str, key: str, entry: str) -> str:
    """The text with one more entry at the end of what stands, indented, below a key."""
    start = re.search(rf"(?m)^{key}:.*\n", text)
    assert start is not None
    end = re.compile(r"(?m)^[^\s#-]").search(text, start.end())
    cut = end.start() if end else len(text)
    return f"{text[:cut].rstrip()}\n{entry}{text[cut:]}"


def _text(words: str) -> str:
    """Words as a YAML scalar."""
    return "'" + " ".join(words.split()).replace("'", "''") + "'"


def _instrument(id: str, region: str, today: date) -> str:
    return f"""\
- id: {id}
  region: {region}
  kind: statute
  title: TODO the title of the law
  pinpoint: TODO article, section or entry
  says: TODO one or two plain sentences in your own words
  url: https://example.org/TODO
  regulator: TODO who applies it
  verified: {{how: memory, on: {today}, confidence: low}}
"""


def _rule(id: str, region: str, when: Mapping[str, str], cite: str, source: str, use: str) -> str:
    facts = ", ".join(f"{fact}: {word}" for fact, word in when.items())
    return f"""\
- id: {id}
  title: TODO what {id} says, in a few words
  region: {region}
{f"  when: {{{facts}}}" if when else "  # Without a condition it holds always."}
  status: undetermined
  because: TODO the reason for {id}, in at most two plain sentences, no more than the sources say
  cite: [{cite}]
  confidence: low
  decides: TODO who settles it
  cases:
    - {{source: {source}, use: {use}, expect: {{status: undetermined, supply: withhold, grounds: [{id}]}}}}
"""


def _added(folder: Path, path: Path, item: str) -> Files:
    text = path.read_text(encoding="utf-8").rstrip() + "\n\n" if path.exists() else ""
    return {path: _tidy(folder, path, text + item)}


def _tidy(folder: Path, path: Path, text: str) -> str:
    inside = path.relative_to(folder)
    head = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    return formatted(text, str(path), MAPPINGS.get(inside.as_posix()) or LISTS.get(head, RULES)[1])
