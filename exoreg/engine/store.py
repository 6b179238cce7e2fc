"""The compiled rule base as one file: found, checked, or made anew from the rule files.

The file is JSON throughout and cannot execute anything. Its first line says what it was made from and how long
the rest is, with a checksum; the rest is sections, of which only those needed are parsed. A copy is built into
the wheel; for any other rule base one is kept in the user's cache under the digest of the rule files. A file that
is foreign, damaged or half-written is ignored and made anew.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from exoreg.engine.compiled import CompiledRegion
from exoreg.facts.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
BUILT_IN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "_compiled.json")  # noqa: PTH100, PTH118, PTH120
"""Where the wheel has its compiled rules; a plain path, because importing pathlib costs more than reading them."""


class Damaged(Exception):
    """A compiled file that cannot be used."""


class CompiledBase:
    """A compiled rule base: regions to decide with, texts to print."""

    def __init__(self, content: bytes, sha256: str | None = None) -> None:
        """Opens the content of a compiled file.

        Raises:
            Damaged: it is not such a file, is not whole, or was made from other rule files than ``sha256``.
        """
        line, _, self._payload = content.partition(b"\n")
        try:
            self.header: dict[str, Any] = json.loads(line)
            sound = (
                self.header["format"] == FORMAT
                and self.header["length"] == len(self._payload)
                and self.header["crc32"] == zlib.crc32(self._payload)
                and sha256 in (None, self.header["sha256"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged(str(error)) from error
        if not sound:
            raise Damaged("checksum, length or origin differs")
        self.sha256: str = self.header["sha256"]
        self.version: str = self.header["version"]
        self.reviewed = date.fromisoformat(self.header["reviewed"])
        self.review_by = date.fromisoformat(self.header["review_by"])
        self._regions: dict[str, CompiledRegion] = {}
        self._texts: dict[str, dict[str, Any]] = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The trees of fact values and regions."""
        return Vocabulary(self._section("vocabulary"))

    def region(self, region: str) -> CompiledRegion:
        """The compiled rules of a region."""
        if region not in self._regions:
            self._regions[region] = CompiledRegion(self._section(f"region/{region}"))
        return self._regions[region]

    def text(self, kind: str, id: str, region: str) -> dict[str, Any]:
        """What the rule files say of an item, looked up first where the region's law stands.

        Raises:
            KeyError: there is no such item.
        """
        for root in dict.fromkeys((self.vocabulary.regions.path(region)[-1], *self.roots)):
            found = self.texts(root)[kind].get(id)
            if found is not None:
                result: dict[str, Any] = found
                return result
        raise KeyError(id)

    @property
    def roots(self) -> tuple[str, ...]:
        """The regions that lie in no other."""
        return tuple(value.id for value in self.vocabulary.regions.values)

    def texts(self, root: str) -> dict[str, Any]:
        """All texts of one root region, by kind and id; ``common`` has what belongs to no region."""
        if root not in self._texts:
            self._texts[root] = self._section(f"texts/{root}")
        return self._texts[root]

    def _section(self, name: str) -> Any:
        start, length = self.header["sections"][name]
        return json.loads(self._payload[start : start + length])


def pack(sections: Mapping[str, Any], **about: Any) -> bytes:
    """The content of a compiled file."""
    index, parts, start = {}, [], 0
    for name, data in sections.items():
        part = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        index[name] = (start, len(part))
        parts.append(part)
        start += len(part)
    payload = b"".join(parts)
    header = {
        **about,
        "format": FORMAT,
        "length": len(payload),
        "crc32": zlib.crc32(payload),
        "sections": index,
    }
    return json.dumps(header, separators=(",", ":")).encode() + b"\n" + payload


def open_base(folders: Sequence[Path] = ()) -> CompiledBase:
    """The compiled rule base of the shipped rules, or of the folders laid over them or in their place.

    Raises:
        RuleBaseError: the rule files are wrong; all problems are listed.
    """
    if not folders:
        try:
            with open(BUILT_IN, "rb") as file:  # noqa: PTH123
                return CompiledBase(file.read())
        except (Damaged, OSError):
            pass
    from exoreg.engine.cache import open_cached

    return open_cached(folders)
