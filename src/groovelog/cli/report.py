"""`groovelog report`: list the reports, or answer one."""

import json
import shutil
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from groovelog.errors import UsageError
from groovelog.lake.people import as_known
from groovelog.lake.snapshot import open_snapshot
from groovelog.metrics.rules import ASKED_KINDS, RULES
from groovelog.reports import Answer, Question, listing, run
from groovelog.reports.dates import local_date
from groovelog.reports.registry import BY_NAME
from groovelog.reports.report import Parameter
from groovelog.tables import Column


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class Engine(StrEnum):
    """What computes an answer."""

    DUCKDB = "duckdb"


class Command(TyperCommand):
    """`groovelog report NAME --help` tells of that report."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta["report"] = next((word for word in args if word in BY_NAME), None)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        name = ctx.meta.get("report")
        if name is None:
            super().format_help(ctx, formatter)
            return
        told = BY_NAME[name]
        formatter.write_usage(ctx.command_path, f"{name} [OPTIONS]")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(told.definition)
        with formatter.section("Asked by"):
            formatter.write_dl([(f"--{parameter.name}", _told(parameter)) for parameter in told.parameters])
        with formatter.section("Columns of a row"):
            formatter.write_dl([(column.name, _column(column)) for column in told.columns])
        with formatter.section("Printed by"):
            formatter.write_dl(
                [
                    ("--format", f"{', '.join(Format)}; else table"),
                    ("--json", "as --format json"),
                    ("--output", "to a file"),
                ]
            )


def _told(parameter: Parameter) -> str:
    chosen = "" if parameter.default is None else f"; else {parameter.default}"
    # The counting rules are told one by one already.
    choices = f": {', '.join(parameter.choices)}" if parameter.choices and parameter.name != "count" else ""
    return f"{parameter.meaning}{choices}{chosen}"


def _column(column: Column) -> str:
    return f"{column.meaning} ({column.unit})" if column.unit and column.unit != "share" else column.meaning


def report(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="The report; without it, all are listed.")] = None,
    *,
    listener: Annotated[
        str | None, typer.Option(help="Whose plays; else the only listener who is not invented, else me.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="First local date, as 2025-01-31.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="D", help="Last local date, inclusive.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone of dates and hours, as Europe/Lisbon; else as kept with the plays.")
    ] = None,
    count: Annotated[str | None, typer.Option(help=f"Which plays count: {', '.join(RULES)}; else 30s.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(help=f"What was played: {', '.join(ASKED_KINDS)}; else track, in reports of source rows all."),
    ] = None,
    top: Annotated[
        int | None, typer.Option(metavar="N", help="Rows of a ranking or list; else all, in a table the first 20.")
    ] = None,
    what: Annotated[str | None, typer.Option(help="What is told of: track, artist ...")] = None,
    by: Annotated[str | None, typer.Option(help="What ranks: plays, time or days.")] = None,
    per: Annotated[str | None, typer.Option(help="The steps of time: day, week, month ...")] = None,
    window: Annotated[int | None, typer.Option(metavar="DAYS", help="How many days are looked at together.")] = None,
    silence: Annotated[int | None, typer.Option(metavar="MINUTES", help="The silence that ends a session.")] = None,
    session: Annotated[str | None, typer.Option(metavar="ID", help="A session, as the report sessions has it.")] = None,
    artist: Annotated[str | None, typer.Option(metavar="NAME", help="Plays of this artist alone.")] = None,
    track: Annotated[str | None, typer.Option(help="Plays of this track alone: its URI or title.")] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Another listener of the group; more than once.")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="How the answer is printed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    engine: Annotated[Engine, typer.Option(help="What computes the answer.")] = Engine.DUCKDB,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of to stdout.")] = None,
) -> None:
    """List the reports, or answer one; `groovelog report NAME --help` tells what it says and takes."""
    form = chosen(form, as_json)
    if name is None:
        deliver(listed(form), output)
        return
    if form is Format.PARQUET and output is None and sys.stdout.isatty():
        raise UsageError(
            "Parquet is not for reading on a terminal. Add --output FILE, or send it to a file or a program."
        )
    asked = Question(
        listener, local_date(first), local_date(last), timezone, count, kind, top, what=what, by=by, per=per,
        window=window, silence=silence, session=session, artist=artist, track=track,
        beside=tuple(beside) if beside else None,
    )  # fmt: skip
    with open_snapshot(context.obj.lake) as snapshot:
        known = snapshot.listeners()
        if listener is not None:
            asked = replace(asked, listener=as_known(known, listener))
        if beside:
            asked = replace(asked, beside=tuple(as_known(known, name) for name in beside))
        answer = run(snapshot, name, asked)
    if form in (Format.CSV, Format.PARQUET):
        # The rows alone do not say what they are of.
        typer.echo(stated(answer), err=True)
    deliver(printed(answer, form, top), output)


def chosen(form: Format | None, as_json: bool) -> Format:
    """The form asked for in one of two ways. Raises UsageError where they differ."""
    if as_json and form not in (None, Format.JSON):
        raise UsageError(f"--json and --format {form} ask for two things. Give one of them.")
    return Format.JSON if as_json else form or Format.TABLE


def listed(form: Format) -> str:
    """All reports. Raises UsageError for a form that only rows have."""
    if form is Format.JSON:
        return json_line(listing())
    if form is not Format.TABLE:
        raise UsageError(f"The list of reports is a table or JSON, not {form}. Name a report: groovelog report NAME.")
    from groovelog.cli.report_table import draw_listing  # noqa: PLC0415 - rich: JSON does without

    return draw_listing(shutil.get_terminal_size().columns)


def printed(answer: Answer, form: Format, top: int | None) -> str | bytes:
    """The answer in the form."""
    if form is Format.JSON:
        return json_line(answer.as_json())
    if form is Format.CSV:
        return answer.as_csv()
    if form is Format.PARQUET:
        return answer.as_parquet()
    from groovelog.cli.report_table import draw  # noqa: PLC0415 - rich: the others do without

    return draw(answer, shutil.get_terminal_size().columns, whole=top is not None)


def stated(answer: Answer) -> str:
    """Whose plays, when, and counted how, on one line."""
    said = [answer.report.name, answer.listener]
    if answer.report.takes("from"):
        said.append(f"{answer.from_date} to {answer.to_date}" if answer.from_date or answer.to_date else "no plays")
    told = (
        answer.of_one,
        answer.timezone,
        answer.count and f"count {answer.count}",
        answer.kind and f"kind {answer.kind}",
    )
    return " · ".join([*said, *(part for part in told if part)])


def json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write to the file, or to stdout. Raises UsageError where the file cannot be written."""
    raw = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(raw)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from None
