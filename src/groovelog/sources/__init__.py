"""Read: one file per source. What is not read is written down here, with its reason."""

import re

from groovelog.sources.groovelog_export import export_of
from groovelog.sources.saved import SavedSource
from groovelog.sources.source import Source
from groovelog.sources.spotify_account import SPOTIFY_ACCOUNT
from groovelog.sources.spotify_api import SPOTIFY_API
from groovelog.sources.spotify_extended import SPOTIFY_EXTENDED

SOURCES: tuple[Source, ...] = (SPOTIFY_EXTENDED, SPOTIFY_ACCOUNT, SPOTIFY_API)
SAVED_SOURCES: tuple[SavedSource, ...] = ()
# Read, and so in receipts; no row of the lake is of it.
GROOVELOG_EXPORT = export_of(SOURCES)
READ = (*SOURCES, GROOVELOG_EXPORT)
BY_NAME = {source.name: source for source in READ}
SAVED_BY_NAME = {source.name: source for source in SAVED_SOURCES}

# A file with such a name is expected to be a history: where its content is not, that is a failure, not a stray file.
HISTORY_NAME = re.compile(r"(streaming_?history|endsong|endvideo)[^/]*\.json$", re.IGNORECASE)

FILE_MANAGER = "made by the file manager"
_PERSONAL = "personal, and not about plays: not read"
NOT_READ: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"(^|/)(__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$", FILE_MANAGER),
        (r"\.pdf$", "a PDF: Spotify's explanation of the columns"),
        (r"(^|/)Playlist\d*\.json$", "playlists: not read yet"),
        (r"(^|/)YourLibrary\d*\.json$", "the library: not read yet"),
        (
            r"(^|/)(Follow|Identity|Identifiers|Userdata|UserAddress|Payments|MessageData|DuoNewFamily)\w*\.json$",
            _PERSONAL,
        ),
        (r"(^|/)(SearchQueries|Inferences|Marquee|UserPrompts)\w*\.json$", _PERSONAL),
        (r"(^|/)(Wrapped\d*|YourSoundCapsule)\w*\.json$", "Spotify's own summary: not plays"),
        (r"(^|/)PodcastInteractivity\w*\.json$", "comments and votes: not plays"),
        (r"(^|/)README\w*\.(txt|md|html)$", "an explanation, not data"),
    )
)


def reason_not_read(name: str) -> str | None:
    """Why a file of this name is left alone, or None where nothing is known of it."""
    return next((reason for pattern, reason in NOT_READ if pattern.search(name)), None)
