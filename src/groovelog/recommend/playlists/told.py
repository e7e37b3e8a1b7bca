"""Proposals and blends in words and as JSON objects: what the command line and the pages both say."""

from collections.abc import Sequence
from csv import writer
from dataclasses import asdict
from io import StringIO
from typing import Any

from groovelog.recommend.playlists import arcs
from groovelog.recommend.playlists.additions import Suggestion
from groovelog.recommend.playlists.blending import Blend
from groovelog.recommend.playlists.curves import Smoothness
from groovelog.recommend.playlists.ordering import EXACT
from groovelog.recommend.playlists.proposal import Proposal
from groovelog.recommend.playlists.songs import Song

LEVELS = "▁▂▃▄▅▆▇█"
UNKNOWN = "·"


def verdict(proposal: Proposal) -> str:
    """How good the order is, beside what stood there and what is possible."""
    # The order that was given may have been the best.
    saved = 1 - proposal.cost / proposal.given_cost if proposal.given_cost > proposal.cost else 0.0
    ordered = len(proposal.after) - proposal.fixed
    stood = f"the order that stood ({proposal.given_cost:.2f})"
    before = f"By these rules it costs {proposal.cost:.2f}, {saved:.0%} less than {stood}."
    if ordered <= EXACT or proposal.cost <= proposal.bound:
        return f"{before} No other order of these tracks costs less."
    if proposal.gap is None:
        return f"{before} How much less the best one costs is not known."
    left = 1 - 1 / (1 + proposal.gap)
    return f"{before} No order costs less than {proposal.bound:.2f}: the best is at most {left:.0%} cheaper."


def kept_places(proposal: Proposal) -> str:
    """That some keep their places, and why; empty where none does."""
    if not proposal.fixed:
        return ""
    of = f"{proposal.fixed:,} of {len(proposal.after):,} {'keeps its place' if proposal.fixed == 1 else 'keep their places'}"
    return f"{of}: no audio features are known of {'it' if proposal.fixed == 1 else 'them'}."


def sparkline(values: Sequence[float | None]) -> str:
    """Values from 0 to 1 as blocks; a point where none is known.

    >>> sparkline([0, 0.5, None, 1])
    '▁▅·█'
    """
    return "".join(
        UNKNOWN if value is None else LEVELS[min(int(value * len(LEVELS)), len(LEVELS) - 1)] for value in values
    )


def m3u(name: str, songs: Sequence[Song]) -> str:
    """The list as text: extended M3U with URIs of Spotify; a song without one is a remark."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_line(name)}"]
    for song in songs:
        lines += [f"#EXTINF:-1,{_line(f'{song.artist} - {song.name}')}", song.uri or "# no address is known"]
    return "\n".join(lines) + "\n"


CSV_COLUMNS = ("place", "was", "track_name", "artist_name", "energy", "tempo", "camelot", "track_uri")


def csv(proposal: Proposal) -> str:
    """The new order as CSV."""
    text = StringIO()
    rows = writer(text, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)
    for place, placed in enumerate(proposal.after, 1):
        song = placed.song
        rows.writerow([place, placed.was, song.name, song.artist, song.energy, song.tempo, song.camelot, song.uri])
    return text.getvalue()


def as_json(proposal: Proposal) -> dict[str, Any]:
    """The whole proposal."""
    before, after = proposal.curves
    return {
        "playlist": proposal.name,
        "wish": asdict(proposal.wish),
        "arc": arcs.MEANINGS[proposal.wish.arc],
        "entries": len(proposal.before),
        "fixed": proposal.fixed,
        "cost": proposal.cost,
        "given_cost": proposal.given_cost,
        "bound": proposal.bound,
        "gap": proposal.gap,
        "penalties": proposal.penalties,
        "acoustic_share": dict(zip(("before", "after"), proposal.acoustic, strict=True)),
        "smoothness": dict(zip(("before", "after"), map(_smooth, proposal.smoothness), strict=True)),
        "before": [{**asdict(point), "uri": song.uri} for point, song in zip(before, proposal.before, strict=True)],
        "after": [
            {**asdict(point), "uri": placed.song.uri, "was": placed.was, "fixed": placed.fixed}
            for point, placed in zip(after, proposal.after, strict=True)
        ],
        "dropped": [_suggestion(one) for one in proposal.dropped],
        "added": [_suggestion(one) for one in proposal.added],
        "swapped": [
            {"place": one.place, "out": _song(one.out), "in": _song(one.into), "reasons": list(one.reasons)}
            for one in proposal.swapped
        ],
    }


def blend_as_json(blend: Blend) -> dict[str, Any]:
    """The whole blend."""
    return {
        "listeners": list(blend.satisfaction),
        "satisfaction": dict(blend.satisfaction),
        "least": blend.least,
        "bound": blend.bound,
        "songs": [
            {**_song(one.song), "worth": dict(one.worth), "plays": dict(one.plays), "reasons": list(one.reasons)}
            for one in blend.songs
        ],
    }


def _smooth(told: Smoothness) -> dict[str, Any]:
    return asdict(told)


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {**_song(one.song), "place": one.place, "reasons": list(one.reasons)}


def _song(song: Song) -> dict[str, Any]:
    return {"name": song.name, "artist": song.artist, "uri": song.uri}


def _line(text: str) -> str:
    return " ".join(text.split())
