"""A listener's plays as ListenBrainz has them: when a track began, and its names; each once, those that still wait too.

A play that a scrobbler told is listed as the scrobbler told it, so that a program finds what it sent by its very second;
any other as the most trusted source has it. What is no track, has no names or was played in a private session is left out.
A row that waits counts beside a play that another source told of it, until both are joined in the lake.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from groovelog.lake.snapshot import Snapshot
from groovelog.sources.listenbrainz import LISTENBRAINZ
from groovelog.sources.source import Row
from groovelog.tables import PLAYS, SOURCE_PLAYS

_COLUMNS = "track_name, artist_name, album_name, track_uri, isrc, length_ms, platform"


@dataclass(frozen=True)
class Listen:
    """One play. `listened_at`: seconds since 1970 (UTC); `length_ms` of the track."""

    listened_at: int
    track_name: str
    artist_name: str
    album_name: str | None
    track_uri: str | None
    isrc: str | None
    length_ms: int | None
    platform: str | None

    @property
    def identity(self) -> tuple[int, str, str]:
        """What makes two rows of a scrobbler one listen (see `lake.forms`)."""
        return self.listened_at, self.track_name, self.artist_name


@dataclass(frozen=True)
class Span:
    """Listens after `after` and before `before`, in seconds since 1970, neither included; the newest `most` of them.

    With `oldest_first` the oldest of them. None is open.
    """

    most: int
    after: int | None = None
    before: int | None = None
    oldest_first: bool = False

    def holds(self, listen: Listen) -> bool:
        return (self.after is None or listen.listened_at > self.after) and (
            self.before is None or listen.listened_at < self.before
        )


@dataclass(frozen=True)
class Totals:
    """How many listens there are, and the instants of the first and the last (seconds since 1970; None without any)."""

    count: int
    oldest: int | None
    latest: int | None


def listens(snapshot: Snapshot, listener_id: str, waiting: Iterable[Row], span: Span) -> list[Listen]:
    """The listens of a span, the newest first. `waiting`: flat rows of the source `listenbrainz`, in the lake or not."""
    fresh = [listen for listen in _new(snapshot, listener_id, waiting) if span.holds(listen)]
    found = sorted(
        [*_stored(snapshot, listener_id, span), *fresh],
        key=lambda listen: listen.identity,
        reverse=not span.oldest_first,
    )[: span.most]
    return found[::-1] if span.oldest_first else found


def totals(snapshot: Snapshot, listener_id: str, waiting: Iterable[Row]) -> Totals:
    """All listens. The lake is asked once for each published state."""
    first, last = (f"epoch_us({which}(began)) // 1000000" for which in ("min", "max"))
    query = f"SELECT count(*), {first}, {last} FROM ({_all(snapshot, listener_id)})"
    ((count, oldest, latest),) = snapshot.once(query)
    fresh = [listen.listened_at for listen in _new(snapshot, listener_id, waiting)]
    known = [at for at in (oldest, latest) if at is not None]
    return Totals(count + len(fresh), min([*known, *fresh], default=None), max([*known, *fresh], default=None))


def _stored(snapshot: Snapshot, listener_id: str, span: Span) -> list[Listen]:
    bounds = ["began >= make_timestamptz($after)"] if span.after is not None else []
    bounds += ["began < make_timestamptz($before)"] if span.before is not None else []
    told = {"most": span.most}
    if span.after is not None:
        told["after"] = (span.after + 1) * 1_000_000
    if span.before is not None:
        told["before"] = span.before * 1_000_000
    direction = "ASC" if span.oldest_first else "DESC"
    rows = snapshot.connection.execute(
        f"""
        SELECT epoch_us(began) // 1000000, {_COLUMNS} FROM ({_all(snapshot, listener_id)})
        WHERE {" AND ".join(bounds) or "true"}
        ORDER BY epoch_us(began) // 1000000 {direction}, track_name {direction}, artist_name {direction} LIMIT $most
        """,
        told,
    ).fetchall()
    return [Listen(*row) for row in rows]


def _new(snapshot: Snapshot, listener_id: str, waiting: Iterable[Row]) -> list[Listen]:
    """Of what waits, each listen once that is not in the lake."""
    fresh = {listen.identity: listen for listen in map(_told, waiting)}
    if fresh:
        known = snapshot.connection.execute(
            f"""
            SELECT DISTINCT epoch_us(started_at) // 1000000, track_name, artist_name
            FROM "{snapshot.cut(SOURCE_PLAYS, listener_id)}"
            WHERE source = '{LISTENBRAINZ.name}' AND list_contains($instants, epoch_us(started_at) // 1000000)
            """,
            {"instants": [at for at, _, _ in fresh]},
        ).fetchall()
        for identity in known:
            fresh.pop(identity, None)
    return list(fresh.values())


def _told(row: Row) -> Listen:
    """A row that the API took: it has a time and names."""
    length = row.get("duration")
    return Listen(
        row["listened_at"], row["track_name"], row["artist_name"], row.get("release_name") or None,
        row.get("track_uri") or None, row.get("isrc") or None, length if isinstance(length, int) else None,
        row.get("platform") or None,
    )  # fmt: skip


def _all(snapshot: Snapshot, listener_id: str) -> str:
    """The query of every listen in the lake: `began` and _COLUMNS."""
    rows, plays = snapshot.cut(SOURCE_PLAYS, listener_id), snapshot.cut(PLAYS, listener_id)
    return f"""
        SELECT started_at AS began, {_COLUMNS} FROM "{rows}" WHERE source = '{LISTENBRAINZ.name}' AND counted
        UNION ALL
        SELECT started_at AS began, {_COLUMNS} FROM "{plays}"
        WHERE kind = 'track' AND incognito IS NOT TRUE AND track_name IS NOT NULL AND artist_name IS NOT NULL
            AND NOT contains(sources, '{LISTENBRAINZ.name}')
    """
