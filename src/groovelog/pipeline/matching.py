"""Match: look for the catalogue's tracks in every reference, and keep what came of it."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import duckdb

from groovelog.errors import LakeError
from groovelog.lake import compact
from groovelog.lake import references as lake_references
from groovelog.lake.home import Home
from groovelog.lake.matches import Sought, asked_of, find_asked, keep_matches
from groovelog.lake.run import begins_again
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.matching.match import Answer, match_songs
from groovelog.matching.prepared import reference_index
from groovelog.matching.queries import Asked
from groovelog.model import Match, MatchCounts, Reference
from groovelog.pipeline.running import running
from groovelog.tables import REFERENCE_RECEIPTS, TRACK_MATCHES

# Written with every match. Another number where the rules decide otherwise: then everything is asked anew.
RULES = 1

Told = Callable[[str, int], None]


@begins_again
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
                found += _matched(home, run.snapshot, reference, asked)
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


def _matched(home: Home, snapshot: Snapshot, reference: Reference, sought: Sequence[Sought]) -> list[Match]:
    found = [_by_person(reference.name, one) for one in sought if one.confirmed is not None]
    others = [one for one in sought if one.confirmed is None]
    if not others:
        return found
    with reference_index(home, snapshot, reference) as index:
        answers = match_songs(index, [song(one) for one in others])
    for one, answer in zip(others, answers, strict=True):
        if answer.ref_id in one.rejected:
            with reference_index(home, snapshot, reference, without=one.rejected) as index:
                (answer,) = match_songs(index, [song(one)])  # noqa: PLW2901
        found.append(_by_rules(reference.name, one, answer))
    return found


def song(one: Sought) -> Asked:
    """The track as it is asked for."""
    return Asked(one.track_id, one.track_name, one.artist_name, one.album_name, one.length_ms, one.track_id, one.isrc)


def _by_person(reference: str, one: Sought) -> Match:
    return Match(reference, one.track_id, one.confirmed, "matched", 1.0, "person", "confirmed by a person", one.asked)


def _by_rules(reference: str, one: Sought, answer: Answer) -> Match:
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
