"""Reports: which there are, and their answers, by the same code as `groovelog report`."""

import json
from dataclasses import replace
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from groovelog import access, reports
from groovelog.api.asking import Given, Reader, Shared, whose
from groovelog.api.paging import HEADERS, links
from groovelog.api.shapes import NAMES, AnswerTold, Id, ListenerName, Reports, Strict, Text
from groovelog.lake.people import as_known, consents
from groovelog.lake.snapshot import Snapshot
from groovelog.metrics.rules import ASKED_KINDS, RULES
from groovelog.model import Listener
from groovelog.reports import Answer, Question
from groovelog.reports.dates import local_date
from groovelog.reports.registry import REPORTS
from groovelog.state import looks

# Form -> what it is called in Accept and in the answer; the first is that of whoever takes anything.
FORMS = {
    "json": "application/json",
    "arrow": "application/vnd.apache.arrow.stream",
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

router = APIRouter(tags=["reports"])


def _choices(name: str) -> dict[str, Any]:
    """What any report takes by that name. A value that another one takes is refused in words."""
    found = dict.fromkeys(
        choice
        for report in REPORTS
        for parameter in report.parameters
        if parameter.name == name
        for choice in parameter.choices
    )
    return {"enum": list(found)}


Listed = Annotated[str, Field(max_length=30)]


class Asked(Strict):
    """What can be asked of a report, as of `groovelog report`; GET /v1/reports tells which report takes what."""

    listener: ListenerName | None = None
    from_: Annotated[str, Field(pattern=DAY)] | None = Field(
        None, alias="from", description="First local date.", examples=["2025-01-01"]
    )
    to: Annotated[str, Field(pattern=DAY)] | None = Field(
        None, description="Last local date, inclusive.", examples=["2025-12-31"]
    )
    timezone: Annotated[Text, Field(max_length=60)] | None = Field(
        None, description="Zone of dates and hours; else as kept with the plays.", examples=["Europe/Lisbon"]
    )
    count: Annotated[Listed, Field(json_schema_extra={"enum": list(RULES)})] | None = Field(
        None, description="Which plays count.", examples=["30s"]
    )
    kind: Annotated[Listed, Field(json_schema_extra={"enum": list(ASKED_KINDS)})] | None = Field(
        None, description="What was played.", examples=["track"]
    )
    top: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(None, description="Rows at most.", examples=[10])
    what: Annotated[Listed, Field(json_schema_extra=_choices("what"))] | None = Field(
        None, description="What is told of."
    )
    by: Annotated[Listed, Field(json_schema_extra=_choices("by"))] | None = Field(None, description="What ranks.")
    per: Annotated[Listed, Field(json_schema_extra=_choices("per"))] | None = Field(
        None, description="The steps of time."
    )
    window: Annotated[int, Field(ge=1, le=36_500)] | None = Field(
        None, description="How many days are looked at together."
    )
    silence: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Minutes of silence that end a session."
    )
    session: Id | None = Field(None, description="A session, as the report sessions has it.")
    artist: Text | None = Field(None, description="Plays of this artist alone.")
    track: Text | None = Field(None, description="Plays of this track alone: its URI or title.")
    with_: list[Text] | None = Field(
        None, alias="with", max_length=50, description="Others of the group, by name; more than once for several."
    )
    format: Annotated[Listed, Field(json_schema_extra={"enum": list(FORMS)})] | None = Field(
        None, description="The form of the answer; else as the header Accept asks.", examples=["json"]
    )
    limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Rows of a page; else all rows come at once."
    )
    offset: int = Field(0, ge=0, le=10_000_000, description="Rows to leave out before.")

    def question(self) -> Question:
        """Raises UsageError for what is no date."""
        return Question(
            self.listener, local_date(self.from_), local_date(self.to), self.timezone, self.count, self.kind, self.top,
            what=self.what, by=self.by, per=self.per, window=self.window, silence=self.silence, session=self.session,
            artist=self.artist, track=self.track, beside=tuple(self.with_) if self.with_ else None,
        )  # fmt: skip


@router.get("/reports", response_model=Reports)
def list_reports(_viewer: Reader) -> Response:
    """Every report, with what it says and takes."""
    return Response(_listing(), media_type=FORMS["json"])


@cache
def _listing() -> str:
    return json.dumps(reports.listing(), ensure_ascii=False)


@router.get(
    "/reports/{name}",
    response_model=AnswerTold,
    responses={200: {"headers": HEADERS, "content": dict.fromkeys(list(FORMS.values())[1:], BINARY)}},
)
def get_report(
    request: Request,
    viewer: Reader,
    of: Given,
    name: Annotated[
        str, Path(description="The report.", json_schema_extra={"enum": NAMES}, examples=["top-artists", "overview"])
    ],
    asked: Annotated[Asked, Query()],
) -> Response:
    """The answer of one report, as JSON, Arrow (an IPC stream), Parquet or CSV.

    JSON is the object of `groovelog report NAME --json`; Arrow and Parquet have it, without its rows, in their metadata
    under "groovelog". With `limit` the rows are a page.
    """
    form = _form(asked.format, request.headers.get("accept", "*/*"))
    with of.lake() as snapshot:
        answer = answered(snapshot, viewer, name, asked.question())
        _note_looks(of, viewer, snapshot.listeners(), answer)
    headers = {"Vary": "Accept"}
    if asked.limit is not None or asked.offset:
        total = answer.rows.num_rows
        limit = asked.limit or max(1, total)
        headers |= links(request, total, limit, asked.offset)
        answer = replace(answer, rows=answer.rows.slice(asked.offset, limit))
    return Response(_content(answer, form), headers=headers, media_type=FORMS[form])


def answered(snapshot: Snapshot, viewer: access.Viewer, name: str, question: Question) -> Answer:
    """The answer, of a listener whose reports the viewer sees, and of others as far as they share. Raises as `reports.run`."""
    report = reports.find(name)
    known = snapshot.listeners()
    person = whose(viewer, known, question.listener)
    beside = question.beside and tuple(as_known(known, one) for one in question.beside)
    if beside and report.shares:
        access.check_others(viewer, known, consents(snapshot), report.shares, beside)
    return reports.run(snapshot, name, replace(question, listener=person.name, beside=beside))


def _note_looks(of: Shared, viewer: access.Viewer, known: list[Listener], answer: Answer) -> None:
    """Keep for each of the others whom it tells of that the viewer, a member, looked."""
    if viewer.listener_id is not None and answer.beside:
        others = [person.listener_id for person in known if person.name in answer.beside]
        looks.note(of.state, viewer.listener_id, others, answer.report.name, of.clock())


def _content(answer: Answer, form: str) -> str | bytes:
    match form:
        case "arrow":
            return answer.as_arrow()
        case "parquet":
            return answer.as_parquet()
        case "csv":
            return answer.as_csv()
    return json.dumps(answer.as_json(), ensure_ascii=False)


def _form(asked: str | None, accept: str) -> str:
    """The form asked for by name, else that of `Accept` with the highest weight. Raises HTTPException (406, 422)."""
    if asked is not None:
        if asked not in FORMS:
            raise HTTPException(422, f"There is no format {asked!r}. Choose one of {', '.join(FORMS)}.")
        return asked
    weights = {form: _weight(kind, accept) for form, kind in FORMS.items()}
    best = max(weights, key=lambda form: weights[form])
    if not weights[best]:
        raise HTTPException(406, f"A report comes as {', '.join(FORMS.values())}; Accept asks for none of them.")
    return best


def _weight(kind: str, accept: str) -> float:
    """How much `Accept` wants a media type (RFC 9110, 12.5.1): the most specific range that fits counts."""
    found = {}
    for part in accept.split(","):
        range_, *told = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in told if piece.startswith("q=")), "1")
        try:
            found[range_] = float(weight)
        except ValueError:
            found[range_] = 0.0
    ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((found[range_] for range_ in ranges if range_ in found), 0.0)
