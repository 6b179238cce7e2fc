#!/usr/bin/env bash
# Lint, cases, gaps and conflicts, with the findings as annotations; then the two limits, where they are set.
set -euo pipefail

strict=()
[ "${EXOREG_STRICT:-false}" = true ] && strict=(--strict)
code=0
exoreg rules check "$EXOREG_RULES" --format github "${strict[@]}" || code=$?
if [ "${EXOREG_MIN_COVERAGE:-0}" != 0 ]; then
  exoreg rules coverage "$EXOREG_RULES" --min "$EXOREG_MIN_COVERAGE" || code=$((code ? code : $?))
fi
if [ "${EXOREG_MIN_MUTATION:-0}" != 0 ]; then
  exoreg rules mutate "$EXOREG_RULES" --min "$EXOREG_MIN_MUTATION" || code=$((code ? code : $?))
fi
exit "$code"
