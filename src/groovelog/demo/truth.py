"""What must be found in the exports: counted from the life by plain loops, with no code of Groovelog's own."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from groovelog.demo.catalogue import Catalogue, Item, Track
from groovelog.demo.habits import Person
from groovelog.demo.lens import SOUND, File, Shown
from groovelog.demo.life import Life
from groovelog.demo.spoken import Episode

COUNTED_MS = 30_000
TOP = 25


@dataclass(frozen=True)
class FileTruth:
    """rows = stored + duplicates + unreadable, the files being read in this order."""

    file: str
    source: str
    rows: int
    stored: int
    duplicates: int
    unreadable: int


@dataclass(frozen=True)
class TopTrack:
    track_name: str
    artist_name: str
    plays: int
    ms_played: int


@dataclass(frozen=True)
class TopArtist:
    artist_name: str
    plays: int
    ms_played: int


@dataclass(frozen=True)
class Truth:
    """`plays` and `ms_played` are of all plays, after joining; `joined` were told by both exports.

    Everything from `counted_plays` on is of tracks played for 30 s or more, ranked by plays, then time, then name.
    Months, weekdays (Monday first) and hours are those of the play's start in the listener's zone; a stop told by
    account data alone is one of whole minutes.
    """

    name: str
    timezone: str
    files: tuple[FileTruth, ...]
    by_kind: dict[str, int]
    plays: int
    joined: int
    account_only: int
    ms_played: int
    counted_plays: int
    counted_ms: int
    top_tracks: tuple[TopTrack, ...]
    top_artists: tuple[TopArtist, ...]
    plays_by_month: dict[str, int]
    plays_by_weekday_and_hour: tuple[tuple[int, ...], ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def stored(self) -> int:
        return sum(file.stored for file in self.files)

    @property
    def duplicates(self) -> int:
        return sum(file.duplicates for file in self.files)

    @property
    def unreadable(self) -> int:
        return sum(file.unreadable for file in self.files)


@dataclass(frozen=True)
class Counted:
    """A track played long enough; `began` is local."""

    track: Track
    ms_played: int
    began: datetime


def read_off(file: File, source: str, known: set[int]) -> FileTruth:
    """The receipt of one file; `known` grows by the plays it tells."""
    before = len(known)
    sound = [play for play, fault in zip(file.plays.tolist(), file.faults.tolist(), strict=True) if fault == SOUND]
    known.update(sound)
    stored = len(known) - before
    rows = len(file.plays)
    return FileTruth(file.path, source, rows, stored, len(sound) - stored, rows - len(sound))


def kind_of(item: Item) -> str:
    return "track" if isinstance(item, Track) else "episode" if isinstance(item, Episode) else "audiobook"


def counted(
    person: Person, catalogue: Catalogue, life: Life, told_at: dict[int, int], untold: Set[int]
) -> list[Counted]:
    """The plays that count, of those told at all."""
    zone = ZoneInfo(person.timezone)
    items, ms_played = life.item.tolist(), life.ms_played.tolist()
    plays = []
    for play, second in sorted(told_at.items()):
        track = catalogue.items[items[play]]
        if isinstance(track, Track) and play not in untold and ms_played[play] >= COUNTED_MS:
            began = datetime.fromtimestamp(second, UTC) - timedelta(milliseconds=ms_played[play])
            plays.append(Counted(track, ms_played[play], began.astimezone(zone)))
    return plays


def top_tracks(plays: list[Counted]) -> tuple[TopTrack, ...]:
    count = Counter((play.track.name, play.track.album.artist.name) for play in plays)
    ms: Counter[tuple[str, str]] = Counter()
    for play in plays:
        ms[play.track.name, play.track.album.artist.name] += play.ms_played
    ranked = sorted(count, key=lambda names: (-count[names], names))
    return tuple(TopTrack(*names, count[names], ms[names]) for names in ranked[:TOP])


def top_artists(plays: list[Counted]) -> tuple[TopArtist, ...]:
    count = Counter(play.track.album.artist.name for play in plays)
    ms: Counter[str] = Counter()
    for play in plays:
        ms[play.track.album.artist.name] += play.ms_played
    ranked = sorted(count, key=lambda name: (-count[name], name))
    return tuple(TopArtist(name, count[name], ms[name]) for name in ranked[:TOP])


def tell(person: Person, catalogue: Catalogue, life: Life, shown: Shown) -> Truth:
    extended: set[int] = set()
    account: set[int] = set()
    files = [read_off(file, "spotify_extended", extended) for file in shown.extended]
    files += [read_off(file, "spotify_account", account) for file in shown.account]
    items, ms_played, told_at = life.item.tolist(), life.ms_played.tolist(), life.told_at.tolist()
    minutes = {play: told_at[play] // 60 * 60 for play in account}
    told = minutes | {play: told_at[play] for play in extended}
    kinds = Counter(
        "unknown" if play in shown.untold else kind_of(catalogue.items[items[play]]) for play in [*extended, *account]
    )
    plays = counted(person, catalogue, life, told, shown.untold)
    by_hour = Counter((play.began.weekday(), play.began.hour) for play in plays)
    return Truth(
        name=person.name,
        timezone=person.timezone,
        files=tuple(files),
        by_kind={kind: kinds[kind] for kind in ("track", "episode", "audiobook", "unknown")},
        plays=len(told),
        joined=len(extended & account),
        account_only=len(account - extended),
        ms_played=sum(ms_played[play] for play in told),
        counted_plays=len(plays),
        counted_ms=sum(play.ms_played for play in plays),
        top_tracks=top_tracks(plays),
        top_artists=top_artists(plays),
        plays_by_month=dict(sorted(Counter(f"{play.began:%Y-%m}" for play in plays).items())),
        plays_by_weekday_and_hour=tuple(tuple(by_hour[day, hour] for hour in range(24)) for day in range(7)),
    )
