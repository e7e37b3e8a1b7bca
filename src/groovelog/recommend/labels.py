"""What is to be predicted of a play: whether it is finished, and whether the listener comes back to the song."""

import numpy as np

from groovelog.recommend.history import DAY_US, ENDED, History
from groovelog.recommend.songs import Floats

DONE, PRESSED = (list(ENDED).index(word) for word in ("done", "pressed"))
FINISHED_FROM = 0.9  # of the length: the counting rule `finished` takes a play from there on as finished
SHORT_MS = 30_000  # Spotify counts a stream from 30 s on
COME_BACK_DAYS = 30


def finished(plays: History) -> Floats:
    """1 where the play was heard to its end, 0 where it was cut short, NaN where nobody can tell.

    1: not marked as skipped, and Spotify says `trackdone` or 90 % of a known length were heard. 0: marked as skipped; or no
    source says whether it was skipped, and the listener pressed on (`fwdbtn`, `backbtn`, `clickrow`, `remote`) before
    90 % were heard, or no reason is told and less than 30 s were. All others are NaN: who stops the music, or loses the
    connection, has not said anything of the song; nor has a scrobble without a duration.
    """
    with np.errstate(invalid="ignore"):
        long = plays.ms_played >= FINISHED_FROM * plays.length_ms
        short = plays.ms_played < SHORT_MS
    ended = (plays.ended == DONE) | long
    cut = (plays.skipped == 1) | (
        np.isnan(plays.skipped) & ~ended & ((plays.ended == PRESSED) | ((plays.ended == 0) & short))
    )
    return np.select([cut, ended], [0.0, 1.0], np.nan)


def came_back(plays: History, days: int = COME_BACK_DAYS) -> Floats:
    """1 where the song was put on again within so many days after this play began, 0 where not, NaN where too little is known.

    Plays of the last days of the history are NaN (right-censored), also those that were followed by another: what is
    left would be the ones that came back quickly.
    """
    order = np.lexsort((plays.at, plays.song))
    song, at = plays.song[order], plays.at[order]
    again = np.append(np.diff(song) == 0, False) & (np.append(np.diff(at), 0) <= days * DAY_US)
    label = np.empty(len(plays))
    label[order] = again
    censored = plays.at > (plays.at[-1] if len(plays) else 0) - days * DAY_US
    return np.where(censored, np.nan, label)
