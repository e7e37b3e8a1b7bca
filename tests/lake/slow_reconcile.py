"""The plays of one listener by brute force: the rules of the lake said a second time, in plain Python."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from groovelog.tables import SAID

Row = dict[str, Any]

SILENCE = timedelta(minutes=30)
MAY_DIFFER = {"platform", "offline_at", "skipped", "incognito"}
NAMES = {"track_name", "artist_name", "album_name", "episode_name", "show_name", "audiobook_title", "chapter_title"}


def slow_plays(source_rows: Iterable[Row], zone: str) -> list[Row]:
    """From rows of source_plays to rows of plays, by play_id."""
    rows = once_each(source_rows)
    exact = [row for group in alike(rows) for row in plays_of_group(group)]
    coarse = [row for row in rows if row["source"] == "spotify_account"]
    partner = joined(exact, coarse)
    taken = {row["row_key"] for row in partner.values()}
    leading = exact + [row for row in coarse if row["row_key"] not in taken]
    sessions = session_ids(leading)
    found = [play(row, partner.get(row["row_key"]), sessions[row["row_key"]], zone) for row in leading]
    return sorted(found, key=lambda one: one["play_id"])


def once_each(source_rows: Iterable[Row]) -> list[Row]:
    """A row stored again as shown together with others counts as that."""
    rows: dict[int, Row] = {}
    for row in source_rows:
        if row["row_key"] not in rows or row["shown_together"]:
            rows[row["row_key"]] = row
    return list(rows.values())


def alike(rows: list[Row]) -> Iterator[list[Row]]:
    """Extended rows equal in stop, track and ms_played."""
    groups = defaultdict(list)
    for row in rows:
        if row["source"] == "spotify_extended":
            uri = row["track_uri"] or row["episode_uri"] or row["chapter_uri"]
            names = [row[name] for name in row if name.endswith(("_name", "_title")) and name != "album_name"]
            groups[row["stopped_at"], row["ms_played"], uri or tuple(filter(None, names))].append(row)
    yield from groups.values()


def plays_of_group(group: list[Row]) -> Iterator[Row]:
    """All of them where an export showed them together; else one for each set of rows that differ in form only."""
    if any(row["shown_together"] for row in group):
        yield from group
        return
    forms = defaultdict(list)
    for row in group:
        # A URI says what was played, however it is spelt; that it is a chapter, only newer exports tell.
        free = MAY_DIFFER
        if row["track_uri"] or row["episode_uri"] or row["chapter_uri"]:
            free = MAY_DIFFER | NAMES | {"kind", "audiobook_uri", "chapter_uri"}
        forms[tuple(row[column.name] for column in SAID if column.name not in free)].append(row)
    for rows in forms.values():
        yield min(
            rows,
            key=lambda row: (
                -sum(row[name] is not None for name in NAMES),
                row["skipped"] is None,
                row["offline_at"] is None,
                row["row_key"],
            ),
        )


def joined(exact: list[Row], coarse: list[Row]) -> dict[int, Row]:
    """The account row that tells the same play, by the play's key: always the closest pair left, equal names first."""
    partner: dict[int, Row] = {}
    taken: set[int] = set()
    for agree in (equally_named, one_nameless):
        pairs = sorted(
            (abs(play["ms_played"] - other["ms_played"]), play["row_key"], other["row_key"], other)
            for play in exact
            for other in coarse
            if agree(play, other)
            and -2 <= (play["stopped_at"] - other["stopped_at"]).total_seconds() <= 62
            and -2 <= (play["started_at"] - other["started_at"]).total_seconds() <= 62
        )
        for _, play_key, other_key, other in pairs:
            if play_key not in partner and other_key not in taken:
                partner[play_key] = other
                taken.add(other_key)
    return partner


def equally_named(play: Row, other: Row) -> bool:
    return bare(play) == bare(other) != NAMELESS


def one_nameless(play: Row, other: Row) -> bool:
    """A row names nothing, and the lengths agree to the millisecond."""
    return NAMELESS in (bare(play), bare(other)) and 0 < play["ms_played"] == other["ms_played"]


def bare(row: Row) -> tuple[str, str]:
    title = row["track_name"] or row["episode_name"] or row["audiobook_title"] or "Unknown Track"
    creator = row["artist_name"] or row["show_name"] or ("" if row["audiobook_title"] else "Unknown Artist")
    return letters(title), letters(creator)


def letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if char.isalnum())


NAMELESS = (letters("Unknown Track"), letters("Unknown Artist"))


def session_ids(leading: list[Row]) -> dict[int, int]:
    ids: dict[int, int] = {}
    session, latest = 0, datetime(1, 1, 1)  # noqa: DTZ001 - source rows hold naive UTC
    for row in sorted(leading, key=lambda row: (row["started_at"], row["row_key"])):
        if not ids or row["started_at"] - latest > SILENCE:
            session = row["row_key"]
        latest = max(latest, row["stopped_at"])
        ids[row["row_key"]] = session
    return ids


def play(row: Row, partner: Row | None, session: int, zone: str) -> Row:
    local = row["started_at"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    said = {column.name: row[column.name] for column in SAID}
    if partner:
        said = {name: partner_said(partner, name) if value is None else value for name, value in said.items()}
    return {
        "year": row["started_at"].year,
        "play_id": row["row_key"],
        "session_id": session,
        "local_date": local.date(),
        "local_hour": local.hour,
        "timezone": zone,
        "sources": row["source"] + ("+" + partner["source"] if partner else ""),
        **said,
    }


def partner_said(partner: Row, name: str) -> Any:
    """Account data say Unknown where they have no name: that is no name."""
    told = partner[name]
    return None if told in ("Unknown Track", "Unknown Artist") else told
