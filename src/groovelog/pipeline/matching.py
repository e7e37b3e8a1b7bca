"""Match: look for the catalogue's tracks in every reference, and keep what came of it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime

import duckdb

from groovelog.errors import LakeError
from groovelog.lake import compact
from groovelog.lake import references as lake_references
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.lake.matches import Asked, asked_of, find_asked, keep_matches
from groovelog.lake.snapshot import Snapshot, connect, open_snapshot, view
from groovelog.matching.match import Answer, match
from groovelog.model import Match, MatchCounts
from groovelog.pipeline.running import running
from groovelog.tables import REFERENCE_RECEIPTS, REFERENCES, TRACK_MATCHES

# Written with every match. Another number where the rules decide otherwise: then everything is asked anew.
RULES = 1

Told = Callable[[str, int], None]

_REF = """
    CREATE TABLE ref AS
    SELECT row_number() OVER () - 1 AS r, ref_id, replace(track_id, 'spotify:track:', '') AS track_id, isrc,
        coalesce(track_name, '') AS title, coalesce(replace(credited_artists, chr(10), ';'), artist_name, '') AS artist,
        album_name AS album, duration_ms, popularity::DOUBLE AS popularity
    FROM "references" WHERE ref_id NOT IN (SELECT unnest($without)) ORDER BY title, artist, ref_id
"""
_QRY = """
    CREATE TABLE qry AS
    SELECT q, query_id, CASE WHEN starts_with(query_id, 'spotify:track:') THEN substr(query_id, 15) END AS track_id, isrc,
        title, coalesce(artist, '') AS artist, album, duration_ms::BIGINT AS duration_ms
    FROM (SELECT unnest(range($rows)) AS q, unnest($ids) AS query_id, unnest($isrcs) AS isrc, unnest($titles) AS title,
        unnest($artists) AS artist, unnest($albums) AS album, unnest($lengths) AS duration_ms)
"""


def match_tracks(home: Home, *, now: datetime, told: Told = lambda _name, _tracks: None) -> list[MatchCounts]:
    """Match what was not matched yet, or changed since; returns what became of all tracks, by reference.

    `told` is called before each reference with its name and how many tracks are looked for.
    """
    with open_snapshot(home.lake) as snapshot:
        if not _due(snapshot):
            return _counts(snapshot.connection, "track_matches", {})
    with running(home, now) as run:
        references = lake_references.references(run.snapshot)
        find_asked(run.connection, references, RULES)
        found: list[Match] = []
        new: dict[str, int] = {}
        for reference in references:
            asked = asked_of(run.connection, reference.name)
            new[reference.name] = len(asked)
            if asked:
                told(reference.name, len(asked))
                found += _matched(home, run.snapshot, reference.name, asked)
        if keep_matches(run, found, RULES):
            run.publish("match")
            compact.tidy(home, run)
        return _counts(run.connection, "matches", new)


def match_new(home: Home, before: Snapshot, now: datetime, told: Callable[[], None] = lambda: None) -> None:
    """What every import ends with; `before` is the state that it started from, in which references may be.

    A fault here is none of the import, which is published: the next one tries again.
    """
    if not before.files(REFERENCE_RECEIPTS):
        return
    try:
        match_tracks(home, now=now, told=lambda *_: told())
    except (OSError, duckdb.Error, LakeError) as error:
        logging.getLogger(__name__).warning("Tracks were not matched, which the next import tries again: %s", error)


def matched_tracks(home: Home) -> tuple[int, int]:
    """Tracks that were looked for, and those of them with a match that counts."""
    with open_snapshot(home.lake) as snapshot:
        ((tracks, matched),) = snapshot.connection.execute(
            "SELECT count(DISTINCT track_id), count(*) FILTER (chosen) FROM track_matches"
        ).fetchall()
    return tracks, matched


def _due(snapshot: Snapshot) -> bool:
    """Whether anything has to be asked, or taken out: looked up without waiting for another writer."""
    references = lake_references.references(snapshot)
    if not references and not snapshot.files(TRACK_MATCHES):
        return False
    find_asked(snapshot.connection, references, RULES)
    lost = "SELECT 1 FROM track_matches WHERE (reference, track_id) NOT IN (SELECT (reference, track_id) FROM asking)"
    return bool(snapshot.connection.execute(f"SELECT 1 FROM asking WHERE fresh UNION ALL {lost} LIMIT 1").fetchall())


def _counts(connection: duckdb.DuckDBPyConnection, matches: str, new: dict[str, int]) -> list[MatchCounts]:
    rows = connection.execute(f"""
        SELECT reference, count(*) FILTER (verdict = 'matched'), count(*) FILTER (verdict = 'ambiguous'),
            count(*) FILTER (verdict = 'unmatched')
        FROM {matches} GROUP BY reference ORDER BY reference
    """).fetchall()
    return [MatchCounts(*(*row, new.get(row[0], 0))) for row in rows]


def _matched(home: Home, snapshot: Snapshot, reference: str, asked: Sequence[Asked]) -> list[Match]:
    found = [_by_person(reference, one) for one in asked if one.confirmed is not None]
    others = [one for one in asked if one.confirmed is None]
    if not others:
        return found
    with against(home, snapshot, reference, others) as connection:
        answers = match(connection)
    for one, answer in zip(others, answers, strict=True):
        if answer.ref_id in one.rejected:
            with against(home, snapshot, reference, [one], without=one.rejected) as connection:
                (answer,) = match(connection)  # noqa: PLW2901
        found.append(_by_rules(reference, one, answer))
    return found


@contextmanager
def against(
    home: Home, snapshot: Snapshot, reference: str, asked: Sequence[Asked], without: Sequence[str] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with `qry` of the tracks and `ref` of the reference's rows, but for those `without`; see `match`."""
    files = [file for file in snapshot.files(REFERENCES) if file.partition["reference"] == reference]
    with disk_faults(home.root), home.scratch_folder() as scratch, closing(connect(spill=scratch)) as connection:
        view(connection, snapshot.lake, REFERENCES, files, REFERENCES.view)
        connection.execute(_REF, {"without": list(without) or [""]})
        connection.execute(
            _QRY,
            {
                "rows": len(asked),
                "ids": [one.track_id for one in asked],
                "isrcs": [one.isrc for one in asked],
                "titles": [one.track_name for one in asked],
                "artists": [one.artist_name for one in asked],
                "albums": [one.album_name for one in asked],
                "lengths": [one.length_ms for one in asked],
            },
        )
        yield connection


def _by_person(reference: str, one: Asked) -> Match:
    return Match(reference, one.track_id, one.confirmed, "matched", 1.0, "person", "confirmed by a person", one.asked)


def _by_rules(reference: str, one: Asked, answer: Answer) -> Match:
    return Match(
        reference,
        one.track_id,
        answer.ref_id,
        answer.verdict,
        answer.confidence,
        answer.evidence,
        answer.reason,
        one.asked,
    )
