#!/usr/bin/env bash
# What the rules answer differently than at the base revision: to the job's summary, and to a file for the comment.
set -euo pipefail

file="$RUNNER_TEMP/exoreg-diff.md"
git cat-file -e "$EXOREG_BASE^{commit}" 2>/dev/null || git fetch -q --depth=1 origin "$EXOREG_BASE"
if ! git cat-file -e "$EXOREG_BASE:$EXOREG_RULES" 2>/dev/null; then
  echo "The rules in \`$EXOREG_RULES\` are new: there is nothing to compare them with." > "$file"
  cat "$file" >> "$GITHUB_STEP_SUMMARY"
  exit 0
fi
allow=()
[ "${EXOREG_ALLOW_PERMIT:-false}" = true ] && allow=(--allow-permit)
code=0
exoreg rules diff "$EXOREG_BASE:$EXOREG_RULES" "$EXOREG_RULES" --format markdown --output "$file" "${allow[@]}" || code=$?
[ -f "$file" ] && cat "$file" >> "$GITHUB_STEP_SUMMARY"
[ "$code" = 1 ] && echo "::error::something becomes permitted that was not; see the summary"
exit "$code"
