"""What is known of each candidate before a moment: the columns that the ranker learns from."""

import numpy as np

from groovelog.recommend.candidates import Candidates
from groovelog.recommend.history import DAY_US
from groovelog.recommend.listened import SLOTS, Listened, Moment, nearness
from groovelog.recommend.neighbours import GROUPS, Singles
from groovelog.recommend.songs import AUDIO, Floats, Ints
from groovelog.recommend.suggestions import SOURCES

# Audio features that are told as they are; the others speak through distances.
TOLD = ("energy", "acousticness", "instrumentalness", "valence", "tempo", "danceability")
PRIOR = 2.0  # plays that a share leans on


NAMES = (
    "plays", "plays_3d", "plays_14d", "plays_60d", "plays_365d", "plays_week", "here", "here_share", "here_14d", "here_60d",
    "lift", "lift_60d", "lift_artist", "group_lift", "expected_short", "expected_long", "lift_on", "expected_on",
    "share", "session_group",
    "artist_here", "artist_14d", "artist_120d", "artist_plays", "days_since", "days_known", "artist_days_known", "skips",
    "artist_skips", "together", "friends", "friends_plays", "popularity", "session_artist", "thumbs_up", "never_played",
    "far_usually", "far_here", "nearer_here", "far_session", *TOLD, *(f"from_{source}" for source in SOURCES),
)  # fmt: skip


def evidence(listened: Listened, candidates: Candidates, moment: Moment, thumbs_up: Ints) -> Singles:
    """A row for each candidate with the columns of NAMES (float32, NaN where not known)."""
    music = listened.music
    near = nearness(moment)
    own, artist = candidates.own, candidates.artist
    here = (listened.here[own] @ near.astype(np.float32)).astype(float)
    plays, artist_plays = listened.plays[own], listened.artist_plays[artist]
    artist_here = listened.artist_here @ near
    of_group = music.group[candidates.song]
    group_lift = lifts(listened.group_here, near, 1.0)
    group_lift[-1] = 1.0  # those whose sound is not known are no group
    group_lift = group_lift[of_group]
    lift = lifts(listened.artist_here, near, group_lift, artist)
    short, fortnight, months, year = listened.faded[:, own]
    artist_short, artist_long = listened.artist_faded[:, artist]
    session_artists = music.artist[listened.history.song[moment.session]]
    fresh_groups = music.group[listened.fresh(moment)]
    at = moment.at
    system = listened.system(moment)
    lift_on = np.ones(len(candidates))
    if system is not None:
        group_on = lifts(listened.group_on, system, 1.0)
        group_on[-1] = 1.0
        lift_on = lifts(listened.artist_on, system, group_on[of_group], artist)
    # Of the artist's plays the song's share, as if each of its songs had been played once more.
    share = (plays + 1) / (artist_plays + music.of_artist[candidates.song])
    share_here = here / (plays + 1)
    columns: dict[str, Floats] = {
        "plays": plays,
        "plays_3d": short,
        "plays_14d": fortnight,
        "plays_60d": months,
        "plays_365d": year,
        "plays_week": candidates.week,
        "here": here,
        "here_share": share_here,
        "here_14d": share_here * fortnight,
        "here_60d": share_here * months,
        "lift": lift,
        "lift_60d": lift * months,
        "lift_artist": lift * artist_short,
        "group_lift": group_lift,
        "expected_short": share * artist_short * lift,
        "expected_long": share * artist_long * lift,
        "lift_on": lift_on,
        "expected_on": share * artist_short * lift * lift_on,
        "share": share,
        "session_group": np.bincount(fresh_groups, minlength=GROUPS + 1)[of_group] / max(len(fresh_groups), 1),
        "artist_here": artist_here[artist],
        "artist_14d": artist_short,
        "artist_120d": artist_long,
        "artist_plays": artist_plays,
        "days_since": (at - listened.last[own]) / DAY_US,
        "days_known": (at - listened.first[own]) / DAY_US,
        "artist_days_known": (at - listened.artist_first[artist]) / DAY_US,
        "skips": listened.skips[own] / (plays + PRIOR),
        "artist_skips": listened.artist_skips[artist] / (artist_plays + PRIOR),
        "together": candidates.together,
        "friends": candidates.friends,
        "friends_plays": candidates.friends_plays,
        "popularity": music.popularity[candidates.song],
        "session_artist": np.isin(music.artist[candidates.song], session_artists).astype(float),
        "thumbs_up": np.isin(candidates.song, thumbs_up).astype(float),
        "never_played": (plays == 0).astype(float),
        **_sounds(listened, candidates, moment, near),
        **{name: music.audio[candidates.song, AUDIO.index(name)] for name in TOLD},
        **{f"from_{name}": (candidates.source == number).astype(float) for number, name in enumerate(SOURCES)},
    }
    return np.column_stack([columns[name] for name in NAMES]).astype(np.float32)


def lifts(counts: Floats, near: Floats, prior: Floats | float, rows: Ints | None = None) -> Floats:
    """How much more is played of each row of `counts` (rows × SLOTS) at hours so `near` than its plays let expect.

    A ratio of observed to expected plays, leaning on `prior`, the ratio where nothing is known, as on PRIOR expected plays.
    """
    here, usual = counts @ near, counts.sum(axis=1)
    expected = usual * (here.sum() / max(usual.sum(), 1.0))
    if rows is not None:
        here, expected = here[rows], expected[rows]
    ratio: Floats = (here + PRIOR * prior) / (expected + PRIOR)
    return ratio


def _sounds(listened: Listened, candidates: Candidates, moment: Moment, near: Floats) -> dict[str, Floats]:
    """How far the sound is from what is usually played, from what is at such hours, and from the session so far."""
    points = listened.music.points[candidates.song].astype(float)

    def far(centre: Floats, spread: Floats) -> Floats:
        apart: Floats = np.sqrt((((points - centre) / spread) ** 2).mean(axis=1))
        return apart

    usually, at_hours = far(*listened.profile(np.ones(SLOTS))), far(*listened.profile(near))
    session = listened.music.points[listened.fresh(moment)].astype(float)
    session = session[~np.isnan(session).any(axis=1)]
    now = far(session.mean(axis=0), np.ones(points.shape[1])) if len(session) else np.full(len(points), np.nan)
    return {"far_usually": usually, "far_here": at_hours, "nearer_here": usually - at_hours, "far_session": now}
