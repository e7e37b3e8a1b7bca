"""What really happened: one listener's plays one after the other, whatever any source will show of them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from benchmarks.joining.songs import Songs
from groovelog.demo.columns import Bools, Floats, Ints

END = datetime(2026, 10, 31, tzinfo=UTC)
PLAYS_A_DAY, MOST_YEARS = 40, 15
SESSION_PLAYS = 12
DAY_MS = 24 * 3600 * 1000

TWICE = 0.05
ALBUM_SESSIONS = 0.3
SKIPPED, SKIP_MS, SKIPPED_BELOW_MS = 0.20, 9_000, 30_000
LEFT = 0.06
PAUSED, PAUSE_MS, LONGEST_PAUSE_MS = 0.03, 90_000, 20 * 60_000
LOADING_MS = 400
LINGERING, LINGER_MS = 0.05, 60_000
# Sessions without a connection: those told days later, and those of which only the flag tells.
LATE, UPLOAD_DAYS = 0.03, (1, 7)
OFFLINE = 0.02
ELSEWHERE = 0.03


@dataclass(frozen=True)
class Life:
    """One entry per play, in order of time; a play's id is its place. Times are ms of UTC since 1970.

    `ms_played` leaves pauses out. `late` plays reach Spotify at `uploaded_ms`, days after they were over; for all
    others that is the stop. `elsewhere` plays are another player's: only scrobblers see them.
    """

    songs: Songs
    song: Ints
    session: Ints
    started_ms: Ints
    stopped_ms: Ints
    ms_played: Ints
    skipped: Bools
    finished: Bools
    offline: Bools
    late: Bools
    elsewhere: Bools
    uploaded_ms: Ints
    end_ms: int

    def __len__(self) -> int:
        return len(self.song)


def live(songs: Songs, plays: int, *, seed: int) -> Life:
    """`plays` plays up to END: 40 a day, or as many a day as 15 years take."""
    rng = np.random.default_rng([seed, 2])
    session, song = put_on(songs, plays, rng)
    ms_played, skipped, finished = heard(songs.lengths[song], rng)
    paused = (rng.random(plays) < PAUSED) & ~skipped
    pause = np.where(paused, (3_000 + rng.exponential(PAUSE_MS, plays)).clip(max=LONGEST_PAUSE_MS), 0)
    gap = 50 + rng.exponential(LOADING_MS, plays)
    gap += np.where(rng.random(plays) < LINGERING, rng.exponential(LINGER_MS, plays), 0)
    end_ms = int(END.timestamp() * 1000)
    room = min(plays / PLAYS_A_DAY, MOST_YEARS * 365) * DAY_MS
    silence = silences(session, room - float((ms_played + pause + gap).sum()), rng)
    lasted = ms_played + pause.astype(np.int64)
    steps = lasted + (gap + silence).astype(np.int64)
    stopped_ms = end_ms - 1 - int(steps.sum()) + np.cumsum(steps)
    mood = moods(session, rng)
    late = mood < LATE
    upload = session_ends(session, stopped_ms) + (rng.uniform(*UPLOAD_DAYS, len(mood)) * DAY_MS).astype(np.int64)
    return Life(
        songs=songs,
        song=song,
        session=session,
        started_ms=stopped_ms - lasted,
        stopped_ms=stopped_ms,
        ms_played=ms_played,
        skipped=skipped,
        finished=finished,
        offline=(mood < LATE + OFFLINE)[session],
        late=late[session],
        elsewhere=(mood > 1 - ELSEWHERE)[session],
        uploaded_ms=np.where(late[session], upload[session], stopped_ms),
        end_ms=end_ms,
    )


def put_on(songs: Songs, plays: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Session and song of every play. Some sessions follow an album, the others draw by Zipf's law."""
    opened = rng.random(plays) < 1 / SESSION_PLAYS
    session = np.cumsum(opened, dtype=np.int64) - int(opened[0])
    popular = np.cumsum(1 / (rng.permutation(len(songs.all)) + 11.0))
    drawn = np.searchsorted(popular, rng.random(plays) * popular[-1], side="right")
    album = rng.random(session[-1] + 1) < ALBUM_SESSIONS
    opens = np.searchsorted(session, np.arange(session[-1] + 1))
    following = (drawn[opens][session] + np.arange(plays) - opens[session]) % len(songs.all)
    twice = np.repeat(np.arange(plays), 1 + (rng.random(plays) < TWICE))[:plays]
    return session[twice], np.where(album[session], following, drawn)[twice]


def heard(length: Ints, rng: np.random.Generator) -> tuple[Ints, Bools, Bools]:
    """Ms played, skipped within 30 s, heard to the end."""
    count = len(length)
    chance = rng.random(count)
    skipped, left = chance < SKIPPED, (chance >= SKIPPED) & (chance < SKIPPED + LEFT)
    brief = rng.exponential(SKIP_MS, count) % SKIPPED_BELOW_MS
    some = SKIPPED_BELOW_MS + (length * 0.95 - SKIPPED_BELOW_MS) * rng.random(count)
    ms_played = np.select([skipped, left], [brief, some], length).astype(np.int64)
    return ms_played, skipped, ~skipped & ~left


def silences(session: Ints, room_ms: float, rng: np.random.Generator) -> Floats:
    """Ms of silence before every play: none but where a session opens, in all what is left of the years."""
    opens = np.append(True, session[1:] != session[:-1])
    drawn = opens * (0.1 + rng.exponential(size=len(session)))
    silence: Floats = drawn / drawn.sum() * max(room_ms, 0.0)
    return silence


def moods(session: Ints, rng: np.random.Generator) -> Floats:
    """From 0 to 1 for every session, so that the sessions below a share hold that share of the plays."""
    plays = np.bincount(session)
    order = rng.permutation(len(plays))
    mood = np.empty(len(plays))
    mood[order] = np.cumsum(plays[order]) / len(session)
    return mood


def session_ends(session: Ints, stopped_ms: Ints) -> Ints:
    return stopped_ms[np.searchsorted(session, np.arange(session[-1] + 1), side="right") - 1]
