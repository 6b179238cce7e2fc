"""Builds the compiled rules and lexicons into the wheel, so that an installed exoreg reads no YAML."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Compiles ``rules/``; an editable install has none and compiles into the user's cache on first use."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the compiled files to the wheel; a rule base or lexicon with a problem stops the build."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from exoreg.engine.build import build
        from exoreg.offer.lexicon import load

        rules, folder = Path(self.root) / "rules", Path(tempfile.mkdtemp(prefix="exoreg-"))
        lexicons = {language: lexicon.to_plain() for language, lexicon in load(rules).items()}
        (folder / "_compiled.json").write_bytes(build([rules]))
        (folder / "_lexicon.json").write_text(json.dumps(lexicons, ensure_ascii=False), encoding="utf-8")
        for path in folder.iterdir():
            build_data["force_include"][str(path)] = f"exoreg/{path.name}"
