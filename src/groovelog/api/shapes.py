"""What answers look like, for the OpenAPI description and the clients made from it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from groovelog.reports.registry import REPORTS
from groovelog.state.api_keys import Scope

NAME = "Mara"
RUN = "000012-20260301-9f3a"
# No control characters: DuckDB's SQL takes no NUL, and no name has any.
TEXT = r"^[^\x00-\x1f\x7f]+$"
Text = Annotated[str, StringConstraints(pattern=TEXT, max_length=300)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z:_.-]+$", max_length=100)]
ListenerName = Annotated[
    Text, Field(description="Whose, by name; without it your own, or those whose reports you see.", examples=[NAME])
]


class Strict(BaseModel):
    """What is sent: nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Page(Strict):
    """A page of a list."""

    limit: int = Field(100, ge=1, le=1_000, description="Entries at most.", examples=[100])
    offset: int = Field(0, ge=0, le=1_000_000, description="Entries to leave out before.", examples=[0])


class OfListener(Strict):
    """Of one listener."""

    listener: ListenerName | None = None


class PageOfListener(Page):
    """A page of one listener's list."""

    listener: ListenerName | None = None


class ListenerTold(BaseModel):
    """Somebody whose own reports you see."""

    name: str = Field(examples=[NAME])
    timezone: str = Field(description="The zone they live in now.", examples=["Europe/Lisbon"])
    plays: int = Field(description="Plays kept.", examples=[25310])
    invented: bool = Field(description="Made up by the demo.", examples=[False])
    shares: Literal["nothing", "totals", "all"] = Field(
        description="What they show to others of the group.", examples=["totals"]
    )


class Listeners(BaseModel):
    listeners: list[ListenerTold]


class ParameterTold(BaseModel):
    """What a report takes."""

    name: str = Field(examples=["count"])
    meaning: str
    choices: list[str] = Field(description="Empty where anything may be given.")
    default: str | int | None = Field(
        description="What leaving it out means; null for no limit, or the listener's own."
    )


class ReportTold(BaseModel):
    """A report, as `groovelog report --json` lists it."""

    name: str = Field(examples=["top-artists"])
    title: str = Field(examples=["Top artists"])
    definition: str
    parameters: list[ParameterTold]


class Reports(BaseModel):
    reports: list[ReportTold]


class ColumnTold(BaseModel):
    """A column of the rows: `type` in DuckDB's words."""

    name: str = Field(examples=["ms_played"])
    type: str = Field(examples=["BIGINT"])
    unit: str | None = Field(examples=["ms"])


class AnswerTold(BaseModel):
    """The answer of a report: the object of `groovelog report NAME --json`."""

    model_config = ConfigDict(populate_by_name=True)

    report: str = Field(examples=["top-artists"])
    listener: str = Field(examples=[NAME])
    with_: list[str] | None = Field(None, alias="with", description="The others of a report of the group.")
    from_: str | None = Field(
        alias="from", description="First local date; null without plays.", examples=["2025-01-01"]
    )
    to: str | None = Field(description="Last local date.", examples=["2025-12-31"])
    timezone: str | None = Field(examples=["Europe/Lisbon"])
    count: str | None = Field(description="The counting rule.", examples=["30s"])
    kind: str | None = Field(examples=["track"])
    artist: str | None = Field(None, description="The artist it is of alone.")
    track: str | None = Field(None, description="The track it is of alone.")
    coverage: float | None = Field(description="Share of the counted plays with audio features.", examples=[0.93])
    basis: dict[str, Any] = Field(description="The rows that it stands on.", examples=[{"plays": 25310}])
    columns: list[ColumnTold]
    rows: list[dict[str, Any]] = Field(
        examples=[[{"rank": 1, "artist_name": "Herons", "plays": 310, "ms_played": 68200000}]]
    )


class SuggestionTold(BaseModel):
    """A song, and why."""

    track_name: str = Field(examples=["Quiet Ferries"])
    artist_name: str = Field(examples=["Herons"])
    track_id: str | None = Field(
        description="Spotify's URI; null where nobody tells one.", examples=["spotify:track:4uLU6hMCjMI75M1A2tKUQC"]
    )
    score: float = Field(description="Of this answer alone, 0 to 1.", examples=[0.93])
    reasons: list[str] = Field(examples=[["You come back to it on weekday evenings: 9 of your 12 plays of it."]])
    source: str = Field(
        description="Where it came from: own, forgotten, artist, friends, colistening, audio or popular.",
        examples=["own"],
    )
    heard: bool = Field(description="Whether the listener played it before.", examples=[True])
    key: str = Field(description="What feedback names it by.", examples=["spotify:track:4uLU6hMCjMI75M1A2tKUQC"])


class SuggestionsTold(BaseModel):
    """The object of `groovelog recommend --json`."""

    listener: str = Field(examples=[NAME])
    context: str = Field(examples=["now"])
    novelty: float = Field(examples=[0.3])
    at: datetime
    method: str = Field(description="ranker, or the plain rule that was used instead.", examples=["ranker"])
    why: str = Field(description="Why this method.")
    notes: list[str] = Field(description="What is missing that would make suggestions better.", examples=[[]])
    suggestions: list[SuggestionTold]


class ProgressTold(BaseModel):
    """How far an import is."""

    step: str = Field(description="find, read, wait (for another writer), keep, join or match.", examples=["read"])
    files_done: int = Field(examples=[3])
    files: int = Field(examples=[12])
    rows: int = Field(description="Rows read so far.", examples=[18000])


class FileFault(BaseModel):
    """A file that was not used, and why."""

    file: str = Field(examples=["my_spotify_data.zip/Read_Me_First.pdf"])
    reason: str = Field(examples=["no listening history"])


class FileTold(BaseModel):
    """The account of one file: rows = stored + duplicates + unreadable."""

    file_no: int
    file: str
    source: str
    rows: int
    stored: int
    duplicates: int
    unreadable: int
    playlists: int
    playlist_tracks: int
    saved_tracks: int


class ReceiptTold(BaseModel):
    """The account of an import, as `groovelog receipts RUN --json` tells it: rows = stored + duplicates + unreadable."""

    run: str = Field(examples=[RUN])
    listener: str = Field(examples=[NAME])
    timezone: str = Field(examples=["Europe/Lisbon"])
    files: int = Field(description="Files read as an export.", examples=[1])
    rows: int = Field(examples=[1200])
    stored: int = Field(examples=[1150])
    duplicates: int = Field(description="Known already from the same source.", examples=[48])
    unreadable: int = Field(examples=[2])
    failed_files: list[FileFault]
    ignored_files: list[FileFault]
    by_kind: dict[str, int] = Field(examples=[{"track": 1100, "episode": 50, "audiobook": 0, "unknown": 0}])
    saved: dict[str, int] = Field(examples=[{"playlists": 3, "playlist_tracks": 120, "saved_tracks": 40}])
    seconds: float | None = Field(description="What it took; told right after the import alone.", examples=[1.2])
    imported_at: datetime
    by_file: list[FileTold]


class ImportTold(BaseModel):
    """An import: waiting for its turn, under way, done or failed."""

    id: str = Field(description="What names it here; the id of its run names it too.", examples=["0f9b2c44d1a7e358"])
    status: Literal["waiting", "running", "done", "failed"] = Field(examples=["done"])
    file: str | None = Field(description="The name that the upload was sent with.", examples=["my_spotify_data.zip"])
    listener: str | None = Field(description="Null until it is known.", examples=[NAME])
    asked_at: datetime
    progress: ProgressTold | None = Field(description="Null where it is only known by its receipt.")
    run: str | None = Field(description="The run that wrote it; null unless done.", examples=[RUN])
    failure: str | None = Field(description="Why nothing was stored.", examples=[None])
    failed_files: list[FileFault] = Field(description="Of one that failed: files not used, and why.")


class Imports(BaseModel):
    imports: list[ImportTold]


class RowTold(BaseModel):
    """A row that was not stored plainly."""

    file: str
    row: int = Field(description="From 1.")
    outcome: str = Field(examples=["duplicate"])
    reason: str


class Rows(BaseModel):
    rows: list[RowTold]


class CollectedOne(BaseModel):
    """What a collection brought of one listener."""

    name: str = Field(examples=[NAME])
    stored: int = Field(examples=[4])
    duplicates: int = Field(examples=[1])
    unreadable: int = Field(examples=[0])
    calls: int = Field(description="Requests sent to Spotify for it.", examples=[9])
    gaps: int = Field(description="1 where plays before them were likely missed.", examples=[0])
    error: str | None = Field(description="Why the plays could not be read.", examples=[None])
    until: str | None = Field(description="When one may ask again.", examples=[None])


class CollectedTold(BaseModel):
    """The object of `groovelog collect --json`."""

    listeners: list[CollectedOne]
    stored: int
    duplicates: int
    unreadable: int
    calls: int


class Playlists(BaseModel):
    """Rows of the report playlist-list."""

    listener: str = Field(examples=[NAME])
    playlists: list[dict[str, Any]]


class PlaylistTracks(BaseModel):
    """Rows of the report playlist-tracks, of one playlist."""

    listener: str = Field(examples=[NAME])
    playlist_id: str
    tracks: list[dict[str, Any]]


class EventTold(BaseModel):
    """Something that happened. Its id is the cursor to go on from."""

    id: str = Field(examples=["00000012-5b1e0a77c3d9"])
    kind: Literal["import_done", "gap_opened", "gap_closed", "obsession", "consent_due"] = Field(
        examples=["gap_opened"]
    )
    at: datetime = Field(description="When it was found.")
    run: str = Field(description="The run that it came with.", examples=[RUN])
    listener: str = Field(examples=[NAME])
    about: dict[str, Any] = Field(
        description="import_done: run, rows, stored. gap_opened, gap_closed: from, to, cause, expected_plays. obsession: "
        "track_name, artist_name, from, to, plays. consent_due: ends (of Spotify's consent; null where it has ended).",
        examples=[{"from": "2026-03-01T10:00:00Z", "to": "2026-03-01T16:00:00Z", "cause": "stopped_host"}],
    )


class Events(BaseModel):
    events: list[EventTold] = Field(description="The oldest first.")
    next: str | None = Field(description="The cursor to ask with next time; null as long as nothing ever happened.")


class KeyTold(BaseModel):
    """A key as it is listed: without itself."""

    id: str = Field(examples=["5f0c9a1e"])
    listener: str = Field(examples=[NAME])
    scope: Scope = Field(examples=["read"])
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class Keys(BaseModel):
    keys: list[KeyTold]


class KeyWanted(Strict):
    """A key to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scope": "read"}]})

    scope: Scope = Field(description="read: ask; submit: bring plays in; write: all that you may.")
    listener: ListenerName | None = None


class KeyMade(KeyTold):
    """A new key, which nothing tells again."""

    key: str = Field(examples=["00000000-0000-4000-8000-000000000000"])


NAMES = [report.name for report in REPORTS]
