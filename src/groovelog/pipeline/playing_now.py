"""What each listener plays at this moment, as scrobbling programs tell it. Kept in the memory of this process alone."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

# Where nobody tells how long the track is.
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class PlayingNow:
    """A track that plays until it is over or another is told of; instants in UTC."""

    track_name: str
    artist_name: str
    album_name: str | None
    told_at: datetime
    until: datetime


_playing: dict[str, PlayingNow] = {}
_lock = threading.Lock()


def tell(listener_id: str, playing: PlayingNow) -> None:
    """From now on the listener plays this."""
    with _lock:
        _playing[listener_id] = playing


def of(listener_id: str, now: datetime) -> PlayingNow | None:
    """What the listener plays, if anything."""
    with _lock:
        playing = _playing.get(listener_id)
        if playing is not None and playing.until <= now:
            del _playing[listener_id]
            return None
        return playing
