"""A play in words."""

from groovelog.dashboard.texts.wording import NB, duration

PLAYING = "Playing now"


def length(ms: int | None, *, counted: bool | None, skipped: bool | None) -> str:
    """How long a play lasted, and what came of it where that is not plain."""
    if ms is None:
        return "length unknown"
    told = f"{round(ms / 1000)}{NB}s" if ms < 60_000 else duration(ms)
    if skipped:
        return f"skipped after {told}"
    return told if counted is not False else f"{told}, not counted"


def behind(name: str, artist: str) -> str:
    return f"{name} by {artist}" if artist else name
