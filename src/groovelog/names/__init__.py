"""Normalising titles and artists, so that spellings that differ only in dress compare equal."""

from groovelog.names.alike import alike, audio_key, recording_key
from groovelog.names.artists import Artists, parse_artists
from groovelog.names.folding import compact, fold, plain, romanised, sounded
from groovelog.names.mending import mend
from groovelog.names.titles import Title, numbers, parse_title
from groovelog.names.versions import SAME_RECORDING, other_recording

__all__ = [
    "SAME_RECORDING",
    "Artists",
    "Title",
    "alike",
    "audio_key",
    "compact",
    "fold",
    "mend",
    "numbers",
    "other_recording",
    "parse_artists",
    "parse_title",
    "plain",
    "recording_key",
    "romanised",
    "sounded",
]
