#!/usr/bin/env bash
# Puts the difference on the pull request: one comment, written anew with every push.
set -euo pipefail

file="$RUNNER_TEMP/exoreg-diff.md"
[ -f "$file" ] || { echo "there is no difference to tell"; exit 0; }
mark="<!-- exoreg rules diff -->"
comments="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/$EXOREG_PULL/comments"
ask() {
  # The token goes through standard input, so that no list of processes shows it.
  printf 'header = "Authorization: Bearer %s"\n' "$EXOREG_TOKEN" |
    curl -sS --fail-with-body -K - -H "Accept: application/vnd.github+json" "$@"
}

body="$(python3 - "$file" "$mark" <<'PYTHON'
import json, sys

text = open(sys.argv[1], encoding="utf-8").read()
# A comment holds 65,536 characters at most.
if len(text) > 60_000:
    text = text[:60_000].rsplit("\n", 1)[0] + "\n\n… the rest is in the summary of the job.\n"
print(json.dumps({"body": f"{sys.argv[2]}\n{text}"}))
PYTHON
)"
mine="$(ask "$comments?per_page=100" | python3 -c '
import json, sys

found = [comment["url"] for comment in json.load(sys.stdin) if comment["body"].startswith(sys.argv[1])]
print(found[0] if found else "")' "$mark")"
if [ -n "$mine" ]; then
  ask -X PATCH "$mine" --data "$body" >/dev/null
else
  ask -X POST "$comments" --data "$body" >/dev/null
fi
