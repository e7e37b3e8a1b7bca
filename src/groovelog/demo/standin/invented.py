"""The invented listeners of the demo as accounts: their lives, up to a day that the clock may be turned to."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from groovelog.demo.catalogue import Catalogue, Track, invent
from groovelog.demo.columns import picked
from groovelog.demo.export import SEED
from groovelog.demo.habits import Person
from groovelog.demo.life import Life, live
from groovelog.demo.people import PEOPLE
from groovelog.demo.playlists import beside_plays
from groovelog.demo.quarters import second_of
from groovelog.demo.standin.accounts import Account, App, Entry, Listed, Playlist, Saved
from groovelog.demo.standin.clock import Clock
from groovelog.demo.standin.history import Rule, half_a_minute
from groovelog.demo.standin.music_shapes import album_uri, artist_uri
from groovelog.demo.standin.quota import Limits
from groovelog.demo.standin.state import Standin
from groovelog.demo.standin.written import invented_id

CLIENT_ID = "stand-in-client-id"
CLIENT_SECRET = "stand-in-client-secret"  # noqa: S105 - it opens nothing but the stand-in
REDIRECT_URI = "http://127.0.0.1:8888/callback"
REMEMBERED = timedelta(days=400)  # before the clock's first day: more than the longest range of top items
AHEAD = timedelta(days=400)


def demo_app() -> App:
    return App(CLIENT_ID, CLIENT_SECRET, (REDIRECT_URI,))


def demo_standin(
    clock: Clock,
    *,
    people: Iterable[Person] = PEOPLE,
    apps: Iterable[App] | None = None,
    rule: Rule = half_a_minute,
    limits: Limits | None = None,
) -> Standin:
    """The stand-in of the demo's listeners, who live on for 400 days from the clock's time."""
    catalogue, today = invent(SEED), clock.now().date()
    accounts = [account(person, catalogue, today) for person in people]
    return Standin(clock, accounts, apps or [demo_app()], items=catalogue.items, rule=rule, limits=limits)


def account(person: Person, catalogue: Catalogue, today: date, seed: int = SEED) -> Account:
    """The playlists and saved tracks are those of the exports up to `today`, and stay as they are."""
    life = live(person, catalogue, end=today + AHEAD, seed=seed)
    user_id = person.name.lower()
    so_far = picked(life, life.told_at < second_of(today))
    kept = beside_plays(person, catalogue, so_far, today)
    return Account(
        user_id=user_id,
        display_name=person.name,
        plays=listed(catalogue, life, midnight(today) - REMEMBERED),
        playlists=playlists(user_id, kept["Playlist1.json"]),
        saved=saved(kept["YourLibrary.json"], today),
    )


def listed(catalogue: Catalogue, life: Life, since: datetime) -> tuple[Listed, ...]:
    """Every play of a track since a time that was not in private.

    A life counts whole seconds, the begun one full; the end in ms is told by the length of the play.
    """
    shown = (life.stopped_at >= since.timestamp()) & (life.item < len(catalogue.tracks)) & ~life.incognito
    columns = (life.item, life.stopped_at, life.told_at, life.ms_played)
    plays = []
    for item, stopped, told, ms_played in zip(*(column[shown].tolist() for column in columns), strict=True):
        track = catalogue.tracks[item]
        started = datetime.fromtimestamp(stopped + -ms_played // 1000, UTC)
        ended = started + timedelta(milliseconds=ms_played)
        plays.append(Listed(track, started, ended, datetime.fromtimestamp(told, UTC), context_of(track, stopped)))
    return tuple(plays)


def context_of(track: Track, second: int) -> str | None:
    """From its album, from its artist or from nowhere, by the hour."""
    return (album_uri(track.album), artist_uri(track.album.artist), None)[second // 3600 % 3]


def playlists(user_id: str, told: bytes) -> tuple[Playlist, ...]:
    return tuple(
        Playlist(
            id=invented_id("playlist", user_id, one["name"]),
            owner=user_id,
            name=one["name"],
            entries=tuple(
                Entry(item["track"]["trackUri"], midnight(date.fromisoformat(item["addedDate"])), user_id)
                for item in one["items"]
            ),
        )
        for one in json.loads(told)["playlists"]
    )


def saved(told: bytes, today: date) -> tuple[Saved, ...]:
    """One a day, the last of them yesterday."""
    rows = json.loads(told)["tracks"]
    return tuple(Saved(row["uri"], midnight(today - timedelta(days=days))) for days, row in enumerate(rows, start=1))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
