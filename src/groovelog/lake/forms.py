"""Forms: rows of one source that tell one play in different words.

Two exports may spell one play differently, in the columns that its source declares (`Source.may_differ`). Where the row
has a URI that may not, the names that go with it are free as well: later exports lose those of withdrawn tracks, tracks
are renamed, and only newer exports tell that a track is a chapter of an audiobook.

Rows are the same play when their instant, their length (unless it may differ) and what was played agree, and each export
shows that combination once. Where one export shows it several times, they are plays of their own (offline plays uploaded
together), and their rows are marked `shown_together`, so that the plays are the same in whatever order exports come.
"""

from dataclasses import dataclass

from groovelog.sources import SOURCES
from groovelog.sources.source import Source

URIS = ("track_uri", "episode_uri", "chapter_uri")
NAMES = ("track_name", "artist_name", "episode_name", "show_name", "audiobook_title", "chapter_title", "album_name")
# Beside the URI that says what was played, later exports tell more of audiobooks than earlier ones.
TOLD_LATER = (*NAMES, "audiobook_uri", "chapter_uri")
INSTANT = {"stop": "stopped_at", "start": "started_at", "played_at": "played_at"}
# Of two forms, the one that tells more of these leads.
_WORTH_TELLING = ("ms_played", "length_ms", "track_uri", "isrc", "credited_artists")


@dataclass(frozen=True)
class Forms:
    """How the forms of one play are known, as SQL over rows of `source_plays` under the alias `r`.

    `together` says that equal rows of one file may be plays of their own: rows that tell a start never are, for nobody
    starts a track twice in a second. `instant` and `length` are the numbers that have to agree, compared before any text;
    `track` is what was played; `form` is all else that may not differ; `order` puts the form that tells most first.
    """

    source: Source
    together: bool
    instant: str
    length: str
    track: str
    form: str
    order: str


def _forms(source: Source) -> Forms:
    by_uri = "track_uri" not in source.may_differ
    uri = f"coalesce({', '.join(f'r.{column}' for column in URIS)})" if by_uri else "NULL"
    names = ", ".join(f"r.{column}" for column in NAMES if column != "album_name")
    fixed = [column for column in source.told if column not in (*source.may_differ, *TOLD_LATER)]
    parts = [f"coalesce(r.{column}::VARCHAR, '')" for column in fixed]
    if by_uri:
        free = [column for column in source.texts if column in TOLD_LATER and column not in source.may_differ]
        parts += [f"CASE WHEN {uri} IS NULL THEN coalesce(r.{column}, '') ELSE '' END" for column in free]
    told = " + ".join(f"(r.{column} IS NOT NULL)::INTEGER" for column in NAMES)
    worth = " + ".join(f"(r.{column} IS NOT NULL)::INTEGER" for column in _WORTH_TELLING)
    return Forms(
        source=source,
        together=source.tells == "stop",
        instant=f"r.{INSTANT[source.tells]}",
        length="0" if "ms_played" in source.may_differ or "ms_played" not in source.told else "r.ms_played",
        track=f"coalesce({uri}, concat_ws(chr(31), {names}))",
        form=f"concat_ws(chr(31), {', '.join(parts)})" if parts else "''",
        order=f"{told} DESC, r.skipped IS NULL, r.offline_at IS NULL, {worth} DESC, r.row_key",
    )


FORMS = tuple(_forms(source) for source in SOURCES if source.forms_vary)
