"""Matches: why a track is, or is not, a row of a reference; and what a person says of it."""

import re
from dataclasses import dataclass
from datetime import datetime

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake import references as lake_references
from groovelog.lake.catalogue import entries_like, nearest_entries
from groovelog.lake.home import Home
from groovelog.lake.matches import Sought, every_asked, find_asked, keep_decision
from groovelog.lake.run import begins_again
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.matching.explain import Explained, explain
from groovelog.matching.prepared import reference_index
from groovelog.model import Match, Reference
from groovelog.pipeline.matching import RULES, match_tracks, song
from groovelog.pipeline.running import running

_SPOTIFY = re.compile(
    r"^(?:spotify:track:|https?://open\.spotify\.com/(?:intl-[a-z]+/)?track/)?([0-9A-Za-z]{22})(?:\?.*)?$"
)
MOST_NAMED = 10
NOT_YET: tuple[Match | None, bool] = (None, False)


@dataclass(frozen=True)
class Entry:
    """A track of the catalogue."""

    track_id: str
    track_name: str
    artist_name: str | None

    def __str__(self) -> str:
        return f"{self.track_id}: {self.track_name} / {self.artist_name or 'nobody is named'}"


@dataclass(frozen=True)
class InReference:
    """A track in one reference: what is kept of it (None before the first match), and every candidate by the rules.

    `confirmed` and `rejected` are what a person decided.
    """

    reference: str
    kept: Match | None
    chosen: bool
    confirmed: str | None
    rejected: tuple[str, ...]
    by_rules: Explained


def explain_track(home: Home, text: str) -> tuple[Entry, list[InReference]]:
    """Look for a track in every reference, by priority, and tell all that was looked at.

    `text` is an id, URI or address of Spotify's, a track_id, a title, or "title - artist". Raises NotFoundError where no
    track is that, or there is no reference; UsageError where several are.
    """
    with open_snapshot(home.lake) as snapshot:
        entry = find_entry(snapshot, text)
        references = lake_references.references(snapshot)
        if not references:
            raise NotFoundError(
                "There is no reference yet. `groovelog reference download spotify-tracks` fetches one, "
                "`groovelog reference add FILE` reads yours."
            )
        find_asked(snapshot.connection, references, RULES)
        kept = _kept(snapshot, entry)
        by_name = {found.name: found for found in references}
        told = [
            _explained(home, snapshot, by_name[reference], sought)
            for reference, sought in every_asked(snapshot, entry.track_id)
        ]
    return entry, [
        InReference(reference, *kept.get(reference, NOT_YET), sought.confirmed, tuple(sought.rejected), by_rules)
        for reference, sought, by_rules in told
    ]


def _explained(home: Home, snapshot: Snapshot, reference: Reference, sought: Sought) -> tuple[str, Sought, Explained]:
    with reference_index(home, snapshot, reference, without=sought.rejected) as index:
        return reference.name, sought, explain(index, song(sought))


def _kept(snapshot: Snapshot, entry: Entry) -> dict[str, tuple[Match, bool]]:
    rows = snapshot.connection.execute(
        "SELECT reference, track_id, ref_id, verdict, confidence, evidence, reason, asked, chosen FROM track_matches "
        "WHERE track_id = ?",
        [entry.track_id],
    ).fetchall()
    return {row[0]: (Match(*row[:-1]), row[-1]) for row in rows}


@begins_again
def decide(home: Home, track: str, ref: str, decision: str, *, now: datetime) -> tuple[Entry, Match, bool]:
    """Keep what a person says of a track and a row of a reference, and match the track anew.

    `track` as in `explain_track`; `ref` is a ref_id, or REFERENCE/REF_ID where several references have it. Returns what
    became of the track in that reference, and whether it is the match that counts. Raises as `explain_track` does.
    """
    with open_snapshot(home.lake) as snapshot:
        entry = find_entry(snapshot, track)
        reference, ref_id = _find_ref(snapshot, ref)
    with running(home, now) as run:
        keep_decision(run, entry.track_id, reference, ref_id, decision)
        run.publish(f"matches {decision}")
    match_tracks(home, now=now)
    with open_snapshot(home.lake) as snapshot:
        return (entry, *_kept(snapshot, entry)[reference])


def find_entry(snapshot: Snapshot, text: str) -> Entry:
    """The track that a text tells. Raises as `explain_track` does."""
    spotify = _SPOTIFY.match(text.strip())
    found = entries_like(snapshot.connection, f"spotify:track:{spotify[1]}" if spotify else text.strip())
    if not found:
        near = [str(Entry(*row)) for row in nearest_entries(snapshot.connection, text)]
        hint = "Nearest are:\n  " + "\n  ".join(near) if near else "Nothing was imported yet."
        raise NotFoundError(f"There is no track {text!r}. {hint}")
    entries = [Entry(*row) for row in found]
    if entries[0].track_id != text and len(entries) > 1:
        named = "\n  ".join(map(str, entries[:MOST_NAMED]))
        raise UsageError(f"{len(entries)} tracks are {text!r}. Give the id of one:\n  {named}")
    return entries[0]


def _find_ref(snapshot: Snapshot, text: str) -> tuple[str, str]:
    spotify = _SPOTIFY.match(text)
    names = [found.name for found in lake_references.references(snapshot)]
    reference, slash, rest = text.partition("/")
    named = slash == "/" and reference in names
    wanted = rest if named else spotify[1] if spotify else text
    rows = snapshot.connection.execute(
        'SELECT DISTINCT reference, ref_id FROM "references" WHERE ref_id IN ($text, $wanted) ORDER BY reference',
        {"text": text, "wanted": wanted},
    ).fetchall()
    found = [row for row in rows if not named or row[0] == reference]
    if not found:
        raise NotFoundError(f"No reference has a row {text!r}. `groovelog matches explain TRACK` shows candidates.")
    if len({reference for reference, _ in found}) > 1:
        ways = ", ".join(f"{reference}/{ref_id}" for reference, ref_id in found)
        raise UsageError(f"Several references have a row {text!r}. Say which: {ways}.")
    return found[0][0], found[0][1]
