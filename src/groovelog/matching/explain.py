"""Every candidate that was looked at for one song, what speaks for and against it, and the verdict."""

from dataclasses import dataclass

import duckdb

from groovelog.matching.candidates import add_names
from groovelog.matching.close_look import look_closely
from groovelog.matching.confidence import BY_ID, BY_ISRC, SUPPORT, WEIGHTS, confidence
from groovelog.matching.index import Index
from groovelog.matching.keys import add_latin
from groovelog.matching.match import match_songs
from groovelog.matching.queries import Asked
from groovelog.matching.verdict import Candidate, Row, weigh

MOST_SHOWN = 10
TELL_LEAST = ("other title", "other artist")


@dataclass(frozen=True)
class Looked:
    """A row of the reference that was held against the song.

    `against` and `support` are the named differences and agreements with their weights in log-odds; `refused` says why it
    cannot be the song, and then its confidence is 0.
    """

    ref_id: str
    track_name: str | None
    artist_name: str | None
    duration_ms: int | None
    confidence: float
    against: dict[str, float]
    support: dict[str, float]
    refused: str


@dataclass(frozen=True)
class Explained:
    """The verdict on one song, and the rows that were looked at, the likeliest first, at most ten."""

    ref_id: str | None
    confidence: float
    verdict: str
    evidence: str | None
    reason: str
    looked: tuple[Looked, ...]


def explain(index: Index, song: Asked) -> Explained:
    """The verdict on one song, and all that was looked at for it."""
    (answer,) = match_songs(index, [song])
    looked = sorted((*_by_ids(index.connection), *_by_names(index)), key=lambda one: -one.confidence)
    once = {one.ref_id: one for one in reversed(looked)}
    # Of the refused, those of another title or artist tell least.
    best = sorted(
        once.values(),
        key=lambda one: (one.ref_id != answer.ref_id, -one.confidence, one.refused in TELL_LEAST, one.ref_id),
    )
    return Explained(
        answer.ref_id, answer.confidence, answer.verdict, answer.evidence, answer.reason, tuple(best[:MOST_SHOWN])
    )


def _by_ids(connection: duckdb.DuckDBPyConnection) -> list[Looked]:
    found = []
    for column, sure, why in (("track_id", BY_ID, "Spotify id"), ("isrc", BY_ISRC, "ISRC")):
        rows = connection.execute(
            f"SELECT ref.ref_id, ref.title, ref.artist, ref.duration_ms FROM qry JOIN ref USING ({column})"
        ).fetchall()
        found += [Looked(*(*row, sure, {}, {why: 0.0}, "")) for row in rows]
    return found


def _by_names(index: Index) -> list[Looked]:
    connection = index.connection
    ((title, artist, album, duration_ms),) = connection.execute(
        "SELECT title, artist, album, duration_ms FROM qry"
    ).fetchall()
    if not title or not artist:
        return []
    index.name()
    connection.execute("DROP TABLE IF EXISTS asked")
    add_latin(connection, "qry", ("title", "artist"))
    add_names(connection, "qry", "asked", "a")
    return [
        looked
        for candidates in look_closely(index).values()
        for candidate in candidates
        for looked in _of(connection, candidate, album, duration_ms)
    ]


def _of(
    connection: duckdb.DuckDBPyConnection, candidate: Candidate, album: str | None, duration_ms: int | None
) -> list[Looked]:
    rows = connection.execute(
        "SELECT ref.ref_id, ref.title, ref.artist, ref.duration_ms, ref.album, coalesce(popularity, 0) "
        "FROM pair JOIN ref USING (title, artist) WHERE p = ?",
        [candidate.number],
    ).fetchall()
    found = []
    for ref_id, title, artist, length, of_album, popularity in rows:
        if candidate.evidence.refused:
            found.append(Looked(ref_id, title, artist, length, 0.0, {}, {}, candidate.evidence.refused))
            continue
        choice = weigh(candidate, album, duration_ms, Row(ref_id, length, of_album, popularity))
        against = {name: WEIGHTS[name] for name in choice.penalties}
        support = {name: SUPPORT[name] for name in choice.support}
        found.append(
            Looked(
                ref_id,
                title,
                artist,
                length,
                round(confidence(choice.penalties, choice.support), 4),
                against,
                support,
                "",
            )
        )
    return found
