"""Every table of the lake, once: columns, types, units, key and meaning.

The data dictionary in `docs/` is printed from here, and so are the Delta and Ibis schemas.
Types are DuckDB's. TIMESTAMPTZ is an instant in UTC with microseconds.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: `type` in DuckDB's words, `unit` empty where there is none."""

    name: str
    type: str
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """One table: `key` names the columns that are unique together, `partition_by` the folders it is cut into."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    partition_by: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def view(self) -> str:
        """The name as SQL takes it: `references` is a word of SQL's own."""
        return f'"{self.name}"'

    @property
    def is_cut(self) -> bool:
        """Whether a listener's rows have files of their own."""
        return "listener_id" in self.partition_by

    def of(self, listener_id: str) -> str:
        """The name of the view of one listener's rows."""
        return f"{self.name}_of_{listener_id}"


LISTENER = Column("listener_id", "VARCHAR", "opaque id of the listener")
RUN = Column("run_id", "VARCHAR", "the run that wrote the row; sorts in the order of the runs")
YEAR = Column("year", "INTEGER", "UTC year of started_at; the partition")

# What a source can say of one play; in source_plays as read, in plays from the most trusted source that said it.
SAID = (
    Column("kind", "VARCHAR", "track, episode, audiobook, or unknown (neither names nor URI)"),
    Column(
        "started_at",
        "TIMESTAMPTZ",
        "when the play began: as a scrobbler tells it, else stopped_at less ms_played, else played_at less length_ms",
    ),
    Column(
        "stopped_at",
        "TIMESTAMPTZ",
        "when the play ended; account data tell it to the minute, rounded down; null where a scrobbler tells the start alone",
    ),
    Column("played_at", "TIMESTAMPTZ", "the instant the Web API gives a play, most often its end; null elsewhere"),
    Column("ms_played", "BIGINT", "time listened; null where no source tells it", "ms"),
    Column("length_ms", "BIGINT", "length of the track, where the source tells it", "ms"),
    Column(
        "track_uri", "VARCHAR", "spotify:track:… or spotify:local:…; null for other kinds and where the source has none"
    ),
    Column("track_name", "VARCHAR", "title as the source spells it"),
    Column("artist_name", "VARCHAR", "artist as the source spells it; the album artist in Spotify's exports"),
    Column("album_name", "VARCHAR", "album as the source spells it"),
    Column("credited_artists", "VARCHAR", "every artist credited, one a line, where the source lists them one by one"),
    Column("isrc", "VARCHAR", "the recording's international code, where the source tells it"),
    Column("episode_uri", "VARCHAR", "spotify:episode:…"),
    Column("episode_name", "VARCHAR", "podcast episode"),
    Column("show_name", "VARCHAR", "podcast"),
    Column("audiobook_uri", "VARCHAR", "spotify:show:… of the audiobook, as the source has it"),
    Column("audiobook_title", "VARCHAR", "audiobook"),
    Column("author_name", "VARCHAR", "author of the audiobook; told by account data alone"),
    Column("chapter_uri", "VARCHAR", "URI of the audiobook's chapter"),
    Column("chapter_title", "VARCHAR", "chapter of the audiobook"),
    Column("platform", "VARCHAR", "device, system or scrobbling program, free text"),
    Column(
        "context_uri", "VARCHAR", "playlist, album or artist page the play was started from; told by the Web API alone"
    ),
    Column("country", "VARCHAR", "country of the connection, two letters; ZZ where Spotify did not know"),
    Column("reason_start", "VARCHAR", "why the play began, in Spotify's word"),
    Column("reason_end", "VARCHAR", "why the play ended, in Spotify's word; trackdone is the end of the track"),
    Column("shuffle", "BOOLEAN", "shuffle was on"),
    Column("skipped", "BOOLEAN", "the source marks the play as cut short; null where it does not say"),
    Column("offline", "BOOLEAN", "played without a connection"),
    Column("offline_at", "TIMESTAMPTZ", "start by the device's own clock, as the source has it"),
    Column("incognito", "BOOLEAN", "played in a private session; never shown to others"),
)

COMMITS = Table(
    "commits",
    "One published run. A table's rows count only up to the version named here.",
    (
        Column("number", "BIGINT", "runs counted from 1; the highest is the state of the lake"),
        RUN,
        Column("verb", "VARCHAR", "what the run did: create, import, zone, remove ..."),
        Column("committed_at", "TIMESTAMPTZ", "when the run was published"),
        Column("versions", "VARCHAR", "JSON object: table name to published Delta version"),
        Column("format", "INTEGER", "the lake's format from this run on (see lake/formats.py); null is 1"),
    ),
    key=("number",),
)

SOURCE_PLAYS = Table(
    "source_plays",
    "What one source said of one play, as read and typed, without IP address and user name.",
    (
        LISTENER,
        YEAR,
        Column("source", "VARCHAR", "what told of the play, as spotify_extended or lastfm; see the glossary"),
        Column("row_key", "BIGINT", "identity of the row: 64 bits of MD5 over the source's name and every kept field"),
        Column(
            "shown_together",
            "BOOLEAN",
            "one file shows several rows equal in time, track and ms_played, this one among them: they are plays of their own",
        ),
        Column(
            "counted", "BOOLEAN", "counted as stored in its receipt; false for a second form of a row already known"
        ),
        RUN,
        Column("file_no", "INTEGER", "number of the file in its run's receipt"),
        Column("row_no", "BIGINT", "row in that file, from 1"),
        *SAID,
    ),
    key=("listener_id", "source", "row_key", "shown_together"),
    partition_by=("listener_id", "year"),
)

PLAYS = Table(
    "plays",
    "One playback, reconciled over all sources that saw it.",
    (
        LISTENER,
        YEAR,
        Column("play_id", "BIGINT", "row_key of the most trusted source row behind the play; printed as 16 hex digits"),
        Column("session_id", "BIGINT", "play_id of the first play of the session: no silence over 30 minutes"),
        Column("local_date", "DATE", "date of started_at in the listener's zone"),
        Column("local_hour", "INTEGER", "hour of started_at in the listener's zone, 0 to 23", "h"),
        Column("timezone", "VARCHAR", "the zone that local_date and local_hour are in"),
        Column("sources", "VARCHAR", "the sources that saw the play, most trusted first, joined by +"),
        *SAID,
    ),
    key=("listener_id", "play_id"),
    partition_by=("listener_id", "year"),
)

TRACKS = Table(
    "tracks",
    "A catalogue entry: the names that go with a URI, from the latest row that had both; or names that came without a URI.",
    (
        Column(
            "track_id",
            "VARCHAR",
            "the URI: spotify:track:… or spotify:local:…; track: and 16 hex digits of MD5 of title and artist without one",
        ),
        Column("track_name", "VARCHAR", "title"),
        Column("artist_name", "VARCHAR", "artist"),
        Column("album_name", "VARCHAR", "album"),
        Column("named_at", "TIMESTAMPTZ", "stopped_at of the row the names are from, started_at where it has no other"),
        Column("isrc", "VARCHAR", "the recording's international code; the smallest of several told"),
        Column("length_ms", "BIGINT", "length as sources tell it; the shortest of several told", "ms"),
        Column(
            "audio_key", "VARCHAR", "title, version tags and artists, normalised: what recordings are told apart by"
        ),
        Column("recording_id", "VARCHAR", "the recording that it is an entry of"),
    ),
    key=("track_id",),
)

RECORDINGS = Table(
    "recordings",
    "The audio behind one or many tracks: one ISRC, or equal normalised names and a length within 3 s where it is known.",
    (
        Column("recording_id", "VARCHAR", "the smallest track_id of its tracks"),
        Column("track_name", "VARCHAR", "title of that track"),
        Column("artist_name", "VARCHAR", "artist of that track"),
        Column("isrc", "VARCHAR", "the smallest code that its tracks tell"),
        Column("length_ms", "BIGINT", "the shortest length that its tracks tell", "ms"),
        Column("tracks", "BIGINT", "catalogue entries of it"),
    ),
    key=("recording_id",),
)

RECEIPTS = Table(
    "receipts",
    "One file of a run: rows = stored + duplicates + unreadable.",
    (
        LISTENER,
        RUN,
        Column("file_no", "INTEGER", "number of the file in the run, from 1"),
        Column("file", "VARCHAR", "path as given; ZIP/MEMBER inside a zip"),
        Column("source", "VARCHAR", "the source it was read as; null unless read"),
        Column("outcome", "VARCHAR", "read, failed or ignored"),
        Column("reason", "VARCHAR", "why it failed or was ignored"),
        Column("rows", "BIGINT", "rows in the file"),
        Column("stored", "BIGINT", "rows stored"),
        Column("duplicates", "BIGINT", "rows known already from the same source"),
        Column("unreadable", "BIGINT", "rows that could not be read"),
        Column("stored_tracks", "BIGINT", "stored rows of kind track"),
        Column("stored_episodes", "BIGINT", "stored rows of kind episode"),
        Column("stored_audiobooks", "BIGINT", "stored rows of kind audiobook"),
        Column("stored_unknown", "BIGINT", "stored rows of kind unknown"),
        Column("playlists", "BIGINT", "snapshots of playlists stored"),
        Column("playlist_tracks", "BIGINT", "entries of these playlists stored"),
        Column("saved_tracks", "BIGINT", "saved tracks stored"),
    ),
    key=("run_id", "file_no"),
    partition_by=("listener_id",),
)

RECEIPT_ROWS = Table(
    "receipt_rows",
    "A row that was not stored plainly, with its reason.",
    (
        LISTENER,
        RUN,
        Column("file_no", "INTEGER", "number of the file in the run"),
        Column("row_no", "BIGINT", "row in the file, from 1"),
        Column("outcome", "VARCHAR", "duplicate or unreadable"),
        Column("reason", "VARCHAR", "why"),
    ),
    key=("run_id", "file_no", "row_no"),
    partition_by=("listener_id",),
)

LISTENERS = Table(
    "listeners",
    "A person in this Groovelog; append-only, the latest row wins.",
    (
        LISTENER,
        RUN,
        Column("name", "VARCHAR", "the name shown"),
        Column("invented", "BOOLEAN", "made up by the demo"),
        Column("removed", "BOOLEAN", "taken out; the name is free again"),
        Column(
            "origin",
            "VARCHAR",
            "group: a member whose shared part came from elsewhere; null: a listener of this Groovelog",
        ),
    ),
    key=("listener_id", "run_id"),
)

LISTENER_ZONES = Table(
    "listener_zones",
    "The zone a listener lives in from a date on; append-only, the latest row of a date wins.",
    (
        LISTENER,
        RUN,
        Column("from_date", "DATE", "first local date in this zone; null is the beginning"),
        Column("timezone", "VARCHAR", "IANA name, as Europe/Lisbon"),
    ),
    key=("listener_id", "run_id", "from_date"),
)

CAPTURED = (
    Column("snapshot_id", "VARCHAR", "hash of all that the snapshot says: an equal one is not stored again"),
    RUN,
    Column("source", "VARCHAR", "spotify_playlists, spotify_library or spotify_api"),
    Column("captured_at", "TIMESTAMPTZ", "when the snapshot came into this lake"),
)

PLAYLISTS = Table(
    "playlists",
    "A playlist as it was at one time. The latest snapshot is that of the latest modified_on, then captured_at.",
    (
        LISTENER,
        Column(
            "playlist_id",
            "VARCHAR",
            "what names the playlist from one snapshot to the next: Spotify's id; of the name where the source has none",
        ),
        *CAPTURED,
        Column("playlist_name", "VARCHAR", "name shown"),
        Column("description", "VARCHAR", "text shown under the name"),
        Column("modified_on", "DATE", "day of the last change, as the source tells it"),
        Column("entries", "BIGINT", "entries of the playlist"),
    ),
    key=("listener_id", "playlist_id", "snapshot_id"),
    partition_by=("listener_id",),
)

PLAYLIST_TRACKS = Table(
    "playlist_tracks",
    "One entry of one snapshot of a playlist.",
    (
        LISTENER,
        Column("playlist_id", "VARCHAR", "the playlist"),
        Column("snapshot_id", "VARCHAR", "the snapshot"),
        Column("position", "INTEGER", "place in the playlist, from 1"),
        Column("kind", "VARCHAR", "track, episode, audiobook, or unknown (withdrawn, nothing is told of it)"),
        Column("track_uri", "VARCHAR", "spotify:track:…, spotify:local:…, or the URI of the episode or audiobook"),
        Column("track_name", "VARCHAR", "title"),
        Column("artist_name", "VARCHAR", "artist; show of an episode"),
        Column("album_name", "VARCHAR", "album"),
        Column("added_at", "TIMESTAMPTZ", "when it was added; exports tell the day alone, as its first instant"),
    ),
    key=("listener_id", "playlist_id", "snapshot_id", "position"),
    partition_by=("listener_id",),
)

SAVED_TRACKS = Table(
    "saved_tracks",
    "One saved track of one snapshot of the library. The latest snapshot is that of the latest captured_at.",
    (
        LISTENER,
        *CAPTURED,
        Column("position", "INTEGER", "place in the snapshot, from 1"),
        Column("track_uri", "VARCHAR", "spotify:track:… or spotify:local:…"),
        Column("track_name", "VARCHAR", "title"),
        Column("artist_name", "VARCHAR", "artist"),
        Column("album_name", "VARCHAR", "album"),
        Column("added_at", "TIMESTAMPTZ", "when it was saved; null in exports, which do not tell it"),
    ),
    key=("listener_id", "snapshot_id", "position"),
    partition_by=("listener_id",),
)

TOP_ITEMS = Table(
    "top_items",
    "A listener's top tracks or artists, as the Web API told them at one time.",
    (
        LISTENER,
        RUN,
        Column("captured_at", "TIMESTAMPTZ", "when it was asked for"),
        Column("time_range", "VARCHAR", "short_term (about 4 weeks), medium_term (6 months) or long_term (a year)"),
        Column("item_type", "VARCHAR", "track or artist"),
        Column("position", "INTEGER", "place in the list, from 1"),
        Column("uri", "VARCHAR", "spotify:track:… or spotify:artist:…"),
        Column("name", "VARCHAR", "title, or the artist's name"),
        Column("artist_name", "VARCHAR", "artist of the track; null for an artist"),
    ),
    key=("listener_id", "captured_at", "time_range", "item_type", "position"),
    partition_by=("listener_id",),
)

COLLECTIONS = Table(
    "collections",
    "A poll: one asking of the Web API for what a listener played last. A failure that only goes on is told once.",
    (
        LISTENER,
        RUN,
        Column("asked_at", "TIMESTAMPTZ", "when"),
        Column("calls", "BIGINT", "requests that were sent, repeated ones too"),
        Column("stored", "BIGINT", "plays stored"),
        Column("duplicates", "BIGINT", "plays known already from the Web API"),
        Column("unreadable", "BIGINT", "plays that could not be read"),
        Column("outcome", "VARCHAR", "read; else why not: reauth_required, blocked or unreachable"),
    ),
    key=("listener_id", "run_id"),
    partition_by=("listener_id",),
)

GAPS = Table(
    "gaps",
    "A stretch in which plays were likely missed, found at the first poll after it. An export that has plays from both ends "
    "closes it; that is worked out whenever gaps are read.",
    (
        LISTENER,
        RUN,
        Column("began_at", "TIMESTAMPTZ", "the last play known before it"),
        Column("ended_at", "TIMESTAMPTZ", "the first play known after it"),
        Column("cause", "VARCHAR", "full_window, reauth_required, stopped_host, blocked or unreachable"),
        Column("expected_plays", "DOUBLE", "counted plays that the listener's habit lets expect in it"),
        Column("found_at", "TIMESTAMPTZ", "when it was found"),
    ),
    key=("listener_id", "run_id"),
    partition_by=("listener_id",),
)

CONSENTS = Table(
    "consents",
    "What a listener shows to the others of this Groovelog; append-only, the latest row wins; without one, nothing.",
    (
        LISTENER,
        RUN,
        Column("shares", "VARCHAR", "nothing; totals: counts and times; all: tracks, artists and audio features, too"),
        Column("decided_at", "TIMESTAMPTZ", "when"),
    ),
    key=("listener_id", "run_id"),
)

ERASURES = Table(
    "erasures",
    "Who was erased, by opaque id, so that no copy brings them back; append-only.",
    (
        LISTENER,
        RUN,
        Column("erased_at", "TIMESTAMPTZ", "when; rows older than this stay gone"),
        Column(
            "scope",
            "VARCHAR",
            "everything, the source whose rows were erased, or pulled: what came here from the group's lake",
        ),
    ),
    key=("listener_id", "run_id", "scope"),
)

SHARED_TOTALS = Table(
    "shared_totals",
    "Counts of one month of a member who shows a group totals alone: no title, artist or play. Private sessions are left out.",
    (
        LISTENER,
        RUN,
        Column("month", "DATE", "first day of the month, in the member's own zone"),
        Column("plays", "BIGINT", "plays of every kind that began in it"),
        Column("counted_plays", "BIGINT", "of these, plays of tracks of 30 s or more, or of a length nobody tells"),
        Column("ms_played", "BIGINT", "time listened in the counted plays", "ms"),
        Column("tracks", "BIGINT", "recordings with counted plays"),
        Column("artists", "BIGINT", "artists with counted plays"),
        Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days"),
        Column("sessions", "BIGINT", "sessions with a counted play"),
    ),
    key=("listener_id", "month"),
    partition_by=("listener_id",),
)

FEEDBACK = Table(
    "feedback",
    "What a listener said of a track or of the suggestion of it; append-only, the latest row of listener and track wins.",
    (
        LISTENER,
        Column("track_id", "VARCHAR", "the track, as `tracks` or a reference names it"),
        RUN,
        Column(
            "verdict", "VARCHAR", "up: more of it; down: never again; later: not now; none takes back what was said"
        ),
        Column(
            "context",
            "VARCHAR",
            "what it was suggested for, as focus or workout; null where it was for nothing in particular",
        ),
        Column("source", "VARCHAR", "where it was said: dashboard, api or cli"),
        Column("given_at", "TIMESTAMPTZ", "when"),
    ),
    key=("listener_id", "track_id", "run_id"),
    partition_by=("listener_id",),
)

# Spotify's thirteen, in the order of its audio-features object, with the units of that object.
AUDIO_FEATURES = (
    Column("danceability", "DOUBLE", "how suitable for dancing", "0–1"),
    Column("energy", "DOUBLE", "intensity and activity", "0–1"),
    Column("key", "INTEGER", "pitch class of the key: 0 is C, 1 C♯ … 11 B"),
    Column("loudness", "DOUBLE", "average loudness of the track", "dB"),
    Column("mode", "INTEGER", "1 major, 0 minor"),
    Column("speechiness", "DOUBLE", "presence of spoken words", "0–1"),
    Column("acousticness", "DOUBLE", "confidence that the track is acoustic", "0–1"),
    Column("instrumentalness", "DOUBLE", "confidence that there are no vocals", "0–1"),
    Column("liveness", "DOUBLE", "confidence that an audience is heard", "0–1"),
    Column("valence", "DOUBLE", "musical positiveness", "0–1"),
    Column("tempo", "DOUBLE", "estimated tempo", "BPM"),
    Column("time_signature", "INTEGER", "beats in a bar"),
    Column("duration_ms", "BIGINT", "length of the track", "ms"),
)

REFERENCE = Column("reference", "VARCHAR", "name of the reference, as `groovelog reference list` has it")

REFERENCES = Table(
    "references",
    "A recording of a reference, with its audio features; what the reference does not know is null.",
    (
        REFERENCE,
        Column(
            "ref_id",
            "VARCHAR",
            "the recording's id in the reference; made of title, artist and length where it has none",
        ),
        RUN,
        Column("track_id", "VARCHAR", "spotify:track:…, where the reference tells it"),
        Column("isrc", "VARCHAR", "the recording's international code, where the reference tells it"),
        Column("track_name", "VARCHAR", "title as the reference spells it"),
        Column(
            "artist_name",
            "VARCHAR",
            "artists as the reference spells them; joined by commas where it lists them one by one",
        ),
        Column(
            "credited_artists", "VARCHAR", "every artist credited, one a line, where the reference tells them apart"
        ),
        Column("album_name", "VARCHAR", "album"),
        Column("genres", "VARCHAR", "genres, one a line, sorted"),
        Column("popularity", "INTEGER", "Spotify's popularity, 0 to 100; of several told, the highest"),
        *AUDIO_FEATURES,
    ),
    key=("reference", "ref_id"),
    partition_by=("reference",),
)

REFERENCE_RECEIPTS = Table(
    "reference_receipts",
    "A file that was read into a reference: rows = kept + merged + dropped. The latest row of a reference is what it holds.",
    (
        REFERENCE,
        RUN,
        Column("title", "VARCHAR", "what the reference is called where it comes from"),
        Column("file", "VARCHAR", "name of the file"),
        Column("sha256", "VARCHAR", "checksum of the file"),
        Column("reading", "VARCHAR", "JSON object: the file's column for each field, as it was read"),
        Column("licence", "VARCHAR", "what is known of the licence"),
        Column("home", "VARCHAR", "where the reference comes from, where that is known"),
        Column("priority", "INTEGER", "of several references that know a track the one with the lowest counts"),
        Column("rows", "BIGINT", "rows in the file"),
        Column("kept", "BIGINT", "rows of `references` that it gave"),
        Column("merged", "BIGINT", "rows that told of a recording that another row has told of"),
        Column("dropped", "BIGINT", "rows that told of nothing usable"),
        Column(
            "reasons", "VARCHAR", "JSON list: for merged and dropped rows the outcome, reason, rows and the first row"
        ),
        Column(
            "unknown", "VARCHAR", "JSON list: values that are null here though the file has something, with the reason"
        ),
    ),
    key=("reference", "run_id"),
)

TRACK_MATCHES = Table(
    "track_matches",
    "What became of a track in a reference: the row that it is, how surely, and why; or why none.",
    (
        REFERENCE,
        Column("track_id", "VARCHAR", "the catalogue entry that was looked for"),
        RUN,
        Column("ref_id", "VARCHAR", "the recording in the reference; null unless matched"),
        Column("verdict", "VARCHAR", "matched, ambiguous or unmatched"),
        Column("confidence", "DOUBLE", "how likely the best candidate is right; 1 where a person confirmed it", "0–1"),
        Column(
            "evidence",
            "VARCHAR",
            "what a match rests on: person, id, isrc, equal names, alike names; null unless matched",
        ),
        Column("reason", "VARCHAR", "what speaks against the match, or why there is none"),
        Column("chosen", "BOOLEAN", "the one match that counts for the track: a person's, else the first reference's"),
        Column("asked", "BIGINT", "hash of what was asked: another one is asked anew"),
        Column("reference_run", "VARCHAR", "the run that wrote the reference as it was asked"),
        Column("rules", "INTEGER", "version of the rules that decided"),
    ),
    key=("reference", "track_id"),
)

MATCH_DECISIONS = Table(
    "match_decisions",
    "What a person decided of a track and a row of a reference; append-only, kept for ever, the latest of a pair wins.",
    (
        Column("track_id", "VARCHAR", "the catalogue entry"),
        REFERENCE,
        Column("ref_id", "VARCHAR", "the recording in the reference"),
        RUN,
        Column("decision", "VARCHAR", "confirm: it is this one; reject: it is not"),
        Column("decided_at", "TIMESTAMPTZ", "when"),
    ),
    key=("track_id", "reference", "ref_id", "run_id"),
)

TABLES = (
    COMMITS, SOURCE_PLAYS, PLAYS, TRACKS, RECORDINGS, REFERENCES, REFERENCE_RECEIPTS, TRACK_MATCHES, MATCH_DECISIONS,
    PLAYLISTS, PLAYLIST_TRACKS, SAVED_TRACKS, TOP_ITEMS, COLLECTIONS, GAPS, RECEIPTS, RECEIPT_ROWS, LISTENERS,
    LISTENER_ZONES, CONSENTS, ERASURES, SHARED_TOTALS, FEEDBACK,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
