"""Whether words that files tell are a command that the command line has, with options that it takes. Runs nothing."""

from typing import Any

import typer
from typer.core import TyperGroup

from groovelog.cli.app import application


def parsed(words: list[str]) -> Any:
    """The context of the innermost command. Raises a usage error of Typer's for what there is not."""
    command = typer.main.get_command(application(words))
    context = command.make_context("groovelog", list(words))
    while isinstance(context.command, TyperGroup):
        left = [*context._protected_args, *context.args]
        name, inner, left = context.command.resolve_command(context, left)
        assert inner is not None
        context = inner.make_context(name, left, parent=context)
    return context
