"""Builds the compiled rule base into the wheel, so that an installed exoreg answers without reading YAML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Compiles ``rules/``; an editable install has none and compiles into the user's cache on first use."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the compiled file to the wheel; a rule base with a problem stops the build."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from exoreg.engine.build import build

        compiled = Path(tempfile.mkdtemp(prefix="exoreg-")) / "_compiled.json"
        compiled.write_bytes(build([Path(self.root) / "rules"]))
        build_data["force_include"][str(compiled)] = "exoreg/_compiled.json"
