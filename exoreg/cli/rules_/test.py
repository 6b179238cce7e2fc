"""``exoreg rules test``: run the cases of a rule base."""

from __future__ import annotations

from pathlib import Path

import click

from exoreg.cli.exits import Exit


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--region", default=None, metavar="REGION", help="Only the cases of this region.")
def test(paths: tuple[Path, ...], region: str | None) -> None:
    """Run the cases beside the rules and in the case files of a rule base."""
    from exoreg.engine.build import compile_base
    from exoreg.engine.store import CompiledBase
    from exoreg.law.load import load
    from exoreg.lint.cases import run_cases

    base = load(paths)
    compiled = CompiledBase(compile_base(base))
    results = [r for r in run_cases(base, compiled) if region in (None, r.determination.region)]
    failed = [result for result in results if result.differences]
    for result in failed:
        click.echo(f"{result.place}: case {result.name}")
        for difference in result.differences:
            click.echo(f"    {difference}")
    click.echo(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    raise click.exceptions.Exit(Exit.FINDINGS if failed else Exit.DONE)
