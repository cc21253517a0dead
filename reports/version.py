"""`--version`: which Vuosikello this is."""

from __future__ import annotations

from collections.abc import Callable

import click

from reports.home import PROGRAM


def version_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--version`, whose answer is read from pyproject.toml only when somebody asks."""

    def show(context: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            import tomllib

            project = tomllib.loads((PROGRAM / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            click.echo(f"Vuosikello {project['version']}")
            context.exit()

    return click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=show)(command)
