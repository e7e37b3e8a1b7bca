"""Read: one file per source. What is not read is written down here, with its reason."""

import re

from groovelog.sources.groovelog_export import export_of
from groovelog.sources.groovelog_saved import exports_of
from groovelog.sources.koito import KOITO
from groovelog.sources.lastfm import LASTFM
from groovelog.sources.lastfm_minutes import LASTFM_MINUTES
from groovelog.sources.listenbrainz import LISTENBRAINZ
from groovelog.sources.maloja import MALOJA
from groovelog.sources.saved import SavedSource
from groovelog.sources.source import Source
from groovelog.sources.spotify_account import SPOTIFY_ACCOUNT
from groovelog.sources.spotify_api import SPOTIFY_API
from groovelog.sources.spotify_extended import SPOTIFY_EXTENDED
from groovelog.sources.spotify_library import SPOTIFY_LIBRARY
from groovelog.sources.spotify_playlists import SPOTIFY_PLAYLISTS

SOURCES: tuple[Source, ...] = (
    SPOTIFY_EXTENDED, SPOTIFY_ACCOUNT, SPOTIFY_API, LISTENBRAINZ, LASTFM, LASTFM_MINUTES, MALOJA, KOITO,
)  # fmt: skip
_SAVED_SOURCES = (SPOTIFY_PLAYLISTS, SPOTIFY_LIBRARY)
SAVED_SOURCES: tuple[SavedSource, ...] = (*_SAVED_SOURCES, *exports_of(_SAVED_SOURCES))
# Read, and so named in receipts; no row of the lake is of it.
GROOVELOG_EXPORT = export_of(SOURCES)
READ = (*SOURCES, GROOVELOG_EXPORT)
BY_NAME = {source.name: source for source in READ}
TITLES = {source.name: source.title for source in READ} | {source.name: source.title for source in SAVED_SOURCES}

# A file with such a name is expected to be what stands there: where its content is not, that is a failure, not a stray file.
EXPORT_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(^|/){pattern}$", re.IGNORECASE), what)
    for pattern, what in (
        (r"[^/]*(streaming_?history|endsong|endvideo)[^/]*\.json", "a streaming history"),
        (r"recenttracks-[^/]*\.(json|csv)", "scrobbles of Last.fm"),
        (r"listens/\d{4}/\d+\.jsonl", "listens of ListenBrainz"),
        (r"maloja_export[^/]*\.json", "an export of Maloja"),
        (r"koito_export[^/]*\.json", "an export of Koito"),
        (r"Playlist\d+\.json", "playlists"),
        (r"YourLibrary\d*\.json", "a library"),
    )
)

FILE_MANAGER = "made by the file manager"
_PERSONAL = "personal, and not about plays: not read"
NOT_READ: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"(^|/)(__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$", FILE_MANAGER),
        (r"\.pdf$", "a PDF: Spotify's explanation of the columns"),
        (
            r"(^|/)(Follow|Identity|Identifiers|Userdata|UserAddress|Payments|MessageData|DuoNewFamily)\w*\.json$",
            _PERSONAL,
        ),
        (r"(^|/)(SearchQueries|Inferences|Marquee|UserPrompts)\w*\.json$", _PERSONAL),
        (r"(^|/)(Wrapped\d*|YourSoundCapsule)\w*\.json$", "Spotify's own summary: not plays"),
        (r"(^|/)PodcastInteractivity\w*\.json$", "comments and votes: not plays"),
        (r"(^|/)user\.json$", "the name of the account: not read"),
        (r"(^|/)feedback\.jsonl$", "loved and hated recordings: not plays"),
        (r"(^|/)pinned_recording\.jsonl$", "pinned recordings: not plays"),
        (r"(^|/)(lovedtracks|top(artists|albums|tracks))-[^/]*\.(json|csv)$", "a list of favourites: not plays"),
        (r"(^|/)README\w*\.(txt|md|html)$", "an explanation, not data"),
    )
)


# The names under which services hand out files have the user's name in them, which is not kept.
_USER_NAMED = re.compile(
    r"(?<![^/])(?:(recenttracks-)[^/]+(-\d+\.(?:json|csv))|(listenbrainz_)[^/]+(_\d+\.zip)|()[^/]+(_lb-\d{4}-\d\d-\d\d\.json))(?![^/])"
)


def without_user(label: str) -> str:
    """The label of a file as it is kept: no user's name.

    >>> without_user("in/listenbrainz_somebody_1749780844.zip/listens/2025/6.jsonl")
    'in/listenbrainz_…_1749780844.zip/listens/2025/6.jsonl'
    """
    return _USER_NAMED.sub(lambda m: f"{m[1] or m[3] or ''}…{m[2] or m[4] or m[6]}", label)


def name_says(name: str) -> str | None:
    """What a file of this name is expected to be, or None where its name tells nothing."""
    return next((what for pattern, what in EXPORT_NAMES if pattern.search(name)), None)


def reason_not_read(name: str) -> str | None:
    """Why a file of this name is left alone, or None where nothing is known of it."""
    return next((reason for pattern, reason in NOT_READ if pattern.search(name)), None)
