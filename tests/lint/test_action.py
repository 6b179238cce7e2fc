"""The hooks for pre-commit and the GitHub Action, really run: git, pre-commit, bash, curl and exoreg."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.lint.harness import BASE

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
}  # fmt: skip


def run(*command: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a program."""
    environment = {**ENVIRONMENT, **more}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def commit(folder: Path) -> str:
    """Commits everything in a folder; the revision."""
    if not (folder / ".git").exists():
        run("git", "init", "-q", cwd=folder)
    run("git", "add", "-A", cwd=folder)
    assert run("git", "commit", "-qm", "rules", cwd=folder).returncode == 0
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with the rules of the made-up country, formatted."""
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder / "rules")
    assert run("exoreg", "rules", "fmt", "rules", cwd=folder).returncode == 0
    commit(folder)
    return folder


def permit_injections(project: Path) -> None:
    """Makes an injection of a plant a cosmetic."""
    file = project / "rules" / "rules.yaml"
    text = file.read_text().replace("{use: injection}", "{source: human, use: injection}")
    file.write_text(text.replace("{source: plant, use: topical}", "{source: plant}"))


# -- pre-commit ----------------------------------------------------------------------------------------------


def hooked(project: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Runs the hooks of this repository on a project, with the exoreg that is being tested."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    offered = tmp_path / "hooks"
    offered.mkdir(exist_ok=True)
    # Installing exoreg anew for each run would take long; all else is as it is offered.
    local = [{**hook, "language": "system"} for hook in hooks]
    (offered / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(local))
    revision = commit(offered)
    chosen = [{"id": hook["id"], "args": ["rules"]} for hook in hooks]
    config = {"repos": [{"repo": str(offered), "rev": revision, "hooks": chosen}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    run("git", "add", "-A", cwd=project)
    return run("pre-commit", "run", "--all-files", cwd=project, PRE_COMMIT_HOME=str(tmp_path / "home"))


def test_hooks_pass_on_sound_rules(project: Path, tmp_path: Path) -> None:
    """Both hooks pass where nothing is wrong, and their file is one that pre-commit accepts."""
    ran = hooked(project, tmp_path)
    valid = run("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml", cwd=project)

    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.count("Passed") == 2
    assert valid.returncode == 0


def test_hooks_stop_a_commit(project: Path, tmp_path: Path) -> None:
    """A misspelt word stops the commit with its place, and an untidy file is tidied."""
    file = project / "rules" / "rules.yaml"
    file.write_text(file.read_text().replace("claims: disease}\n  status", "claims: diseas}\n  status"))
    words = project / "rules" / "conditions.yaml"
    tidy = words.read_text()
    words.write_text(tidy.replace("  region: ZZ\n", "").replace("  cite:", "  region: ZZ\n  cite:"))
    ran = hooked(project, tmp_path)

    assert ran.returncode == 1
    assert "rules/rules.yaml:4:18: error unknown-word" in ran.stdout
    assert "files were modified by this hook" in ran.stdout
    assert words.read_text() == tidy


# -- the action ----------------------------------------------------------------------------------------------


class Job:
    """A job of GitHub Actions, as far as the steps of the action can tell."""

    def __init__(self, project: Path, scratch: Path, api: str = "") -> None:
        self.project, self.temp = project, scratch / "temp"
        self.temp.mkdir()
        self.summary = scratch / "summary.md"
        self.summary.touch()
        self.environment = {
            "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_API_URL": api,
            "GITHUB_PATH": str(scratch / "path"), "GITHUB_REPOSITORY": "land/rules",
            "GITHUB_STEP_SUMMARY": str(self.summary), "RUNNER_TEMP": str(self.temp),
        }  # fmt: skip

    def step(self, number: int, inputs: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Runs one step of ``action.yml`` with the inputs given, all others at their defaults."""
        action = yaml.safe_load((ROOT / "action.yml").read_text())
        step = action["runs"]["steps"][number]
        given = {name: str(about.get("default", "")) for name, about in action["inputs"].items()} | inputs
        more = dict(self.environment)
        for name, expression in step.get("env", {}).items():
            more[name] = given[expression.removeprefix("${{ ").removesuffix(" }}").split(".")[-1]]
        return run("bash", "-c", step["run"], cwd=self.project, **more)


@pytest.fixture
def job(project: Path, tmp_path: Path) -> Job:
    """A job on the project."""
    return Job(project, tmp_path)


def test_install_uses_what_is_there(job: Job) -> None:
    """A job that has exoreg already is not made to install it again."""
    ran = job.step(0, {})

    assert ran.returncode == 0
    assert ran.stdout.startswith("exoreg, version ")
    assert not Path(job.environment["GITHUB_PATH"]).exists()


def test_check_annotates(job: Job) -> None:
    """Sound rules pass; a finding is an annotation at its place and fails the step."""
    assert job.step(1, {"min-coverage": "90", "strict": "true"}).returncode == 0

    file = job.project / "rules" / "rules.yaml"
    file.write_text(file.read_text().replace("claims: disease}\n  status", "claims: diseas}\n  status"))
    ran = job.step(1, {})

    assert ran.returncode == 1
    assert "::error file=rules/rules.yaml,line=4,col=18" in ran.stdout


def test_limits_fail_the_check(job: Job) -> None:
    """Too few noticed flips fail the step, and the survivors are told."""
    ran = job.step(1, {"min-mutation": "99"})

    assert ran.returncode == 1
    assert "flips noticed" in ran.stdout


def test_diff_is_summed_up(job: Job) -> None:
    """The summary of the job tells what changes; a new permission fails the step unless it is allowed."""
    before = run("git", "rev-parse", "HEAD", cwd=job.project).stdout.strip()
    assert job.step(2, {"base": before}).returncode == 0
    assert "No answer changes" in job.summary.read_text()

    permit_injections(job.project)
    refused = job.step(2, {"base": before})
    allowed = job.step(2, {"base": before, "allow-permit": "true"})

    assert (refused.returncode, allowed.returncode) == (1, 0)
    assert "::error::something becomes permitted that was not" in refused.stdout
    assert "**Something becomes permitted that was not.**" in job.summary.read_text()


def test_new_rules_have_nothing_to_differ_from(job: Job) -> None:
    """Rules that the base revision does not have are no failure."""
    before = run("git", "rev-parse", "HEAD", cwd=job.project).stdout.strip()
    shutil.copytree(job.project / "rules", job.project / "more")
    ran = job.step(2, {"base": before, "rules": "more"})

    assert ran.returncode == 0
    assert job.summary.read_text() == (
        "The rules in `more` are new: there is nothing to compare them with.\n"
    )


class Forge(BaseHTTPRequestHandler):
    """A server that keeps comments the way GitHub does."""

    comments: list[dict[str, Any]]
    tokens: set[str]

    def _answer(self, data: Any) -> None:
        self.tokens.add(self.headers["Authorization"])
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _sent(self) -> dict[str, Any]:
        sent: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return sent

    def do_GET(self) -> None:
        """Lists the comments."""
        assert self.path == "/repos/land/rules/issues/7/comments?per_page=100"
        self._answer(self.comments)

    def do_POST(self) -> None:
        """Adds a comment."""
        url = f"http://{self.headers['Host']}/comment/{len(self.comments)}"
        self.comments.append({"url": url, **self._sent()})
        self._answer(self.comments[-1])

    def do_PATCH(self) -> None:
        """Replaces a comment."""
        self.comments[int(self.path.rsplit("/", 1)[1])].update(self._sent())
        self._answer({})

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def forge() -> Iterator[tuple[str, type[Forge]]]:
    """The server, with the comment of somebody else on it."""
    kept = type("Kept", (Forge,), {"comments": [{"url": "", "body": "Good."}], "tokens": set()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kept)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", kept
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_comment_is_kept_current(project: Path, tmp_path: Path, forge: tuple[str, type[Forge]]) -> None:
    """The difference is one comment beside those of others, written anew with every push."""
    api, kept = forge
    job = Job(project, tmp_path, api)
    before = run("git", "rev-parse", "HEAD", cwd=project).stdout.strip()
    inputs = {"base": before, "number": "7", "token": "secret"}
    assert job.step(3, inputs).stdout == "there is no difference to tell\n"
    job.step(2, inputs)
    first = job.step(3, inputs)
    permit_injections(project)
    job.step(2, inputs)
    second = job.step(3, inputs)

    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert [comment["body"].splitlines()[0] for comment in kept.comments] == [
        "Good.",
        "<!-- exoreg rules diff -->",
    ]
    assert "**Something becomes permitted that was not.**" in kept.comments[1]["body"]
    assert kept.tokens == {"Bearer secret"}
