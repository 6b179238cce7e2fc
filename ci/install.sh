#!/usr/bin/env bash
# Installs exoreg from this repository for the rest of the job, unless the job has it already.
set -euo pipefail

if command -v exoreg >/dev/null; then
  exoreg --version
  exit 0
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "exoreg needs Python 3.11 or later" >&2; exit 2; }
home="$RUNNER_TEMP/exoreg"
python3 -m venv "$home"
"$home/bin/pip" install -q "$GITHUB_ACTION_PATH"
echo "$home/bin" >> "$GITHUB_PATH"
"$home/bin/exoreg" --version
