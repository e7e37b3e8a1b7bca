"""How many plays and tracks have audio features: matched to a row of a reference."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from groovelog.metrics.coverage_words import (
    ALL,
    BY_EVIDENCE,
    BY_REFERENCE,
    MOST_PLAYED,
    NOT_ASKED,
    WITH,
    WITHOUT,
)
from groovelog.metrics.entries import entered
from groovelog.metrics.items import by_entry

_SUMS = ("tracks", "plays")
_ENTRY = ("entry_id", "title", "maker", "plays")
# In the order of the report's columns.
_COLUMNS = (
    "part", "reference", "evidence", "verdict", "track_name", "artist_name", "tracks", "plays", "share_of_tracks",
    "share_of_plays", "reason",
)  # fmt: skip


def share(plays: ir.Table, tracks: ir.Table, track_matches: ir.Table) -> ir.Table:
    """One row: counted `plays`, and those of them `with_features`: of tracks with a chosen match."""
    counted = plays.filter(plays.counted).select("uri", "title", "maker")
    chosen = track_matches.filter(track_matches.chosen).select(match_of="track_id")
    joined = entered(counted, tracks).left_join(chosen, [("entry_id", "match_of")])
    return joined.agg(plays=joined.count(), with_features=joined.match_of.count())


def coverage(plays: ir.Table, tracks: ir.Table, track_matches: ir.Table, top: int) -> ir.Table:
    """Counted plays and their tracks, with and without audio features; the parts are described in the report `coverage`.

    A track is a catalogue entry (see `items.by_entry`), its match the one chosen in `track_matches`; `by reference` counts
    for each reference what it matches by itself, so that these overlap. Shares are of all tracks and plays that name one.
    """
    entries = _entries(plays, tracks, track_matches)
    matched = entries.filter(entries.ref_id.notnull())
    without = entries.filter(entries.ref_id.isnull())
    by_any = entries.select(*_ENTRY).inner_join(
        track_matches.filter(track_matches.verdict == "matched").select("reference", match_of="track_id"),
        [("entry_id", "match_of")],
    )
    verdicts = _best_verdicts(track_matches)
    told = without.select(*_ENTRY).left_join(verdicts, [("entry_id", "verdict_of")])
    told = told.mutate(verdict=told.verdict.fill_null(NOT_ASKED))
    first = [ibis.desc("plays"), "title", "maker", "entry_id"]
    listed = told.order_by(first).limit(top).mutate(place=ibis.row_number().over(order_by=first))
    parts = [
        _part(0, ALL, _sums(entries)),
        _part(1, WITH, _sums(matched)),
        _part(2, BY_REFERENCE, _sums(by_any, "reference")),
        _part(3, BY_EVIDENCE, _sums(matched, "evidence")),
        _part(4, WITHOUT, _sums(told, "verdict")),
        _part(5, MOST_PLAYED, listed.mutate(tracks=ibis.literal(1, "int64"), track_name="title", artist_name="maker")),
    ]
    rows = ibis.union(*parts)
    total = entries.agg(all_tracks=entries.count(), all_plays=entries.plays.sum().fill_null(0))
    shared = rows.cross_join(total)
    shared = shared.mutate(
        share_of_tracks=shared.tracks / shared.all_tracks.nullif(0),
        share_of_plays=shared.plays / shared.all_plays.nullif(0),
    )
    order = [shared.part_no, shared.place, ibis.desc(shared.plays), shared.reference, shared.evidence, shared.verdict]
    return shared.order_by(order).select(*_COLUMNS)


def _entries(plays: ir.Table, tracks: ir.Table, matches: ir.Table) -> ir.Table:
    """Counted plays by catalogue entry, with `reference`, `ref_id` and `evidence` of its chosen match, else null."""
    entries = by_entry(plays.filter(plays.counted), tracks).rename(
        entry_id="item_id", title="name", maker="artist_name"
    )
    chosen = matches.filter(matches.chosen).select("reference", "ref_id", "evidence", match_of="track_id")
    return entries.left_join(chosen, [("entry_id", "match_of")]).drop("match_of")


def _best_verdicts(matches: ir.Table) -> ir.Table:
    """For each track the likeliest of what the references said: `verdict_of`, `reference`, `verdict`, `reason`."""
    order = [ibis.desc(matches.confidence), matches.reference]
    placed = matches.mutate(nth=ibis.row_number().over(group_by=matches.track_id, order_by=order))
    return placed.filter(placed.nth == 0).select("reference", "verdict", "reason", verdict_of="track_id")


def _sums(entries: ir.Table, *by: str) -> ir.Table:
    grouped = entries.group_by(by) if by else entries
    return grouped.agg(tracks=entries.count(), plays=entries.plays.sum().fill_null(0))


def _part(number: int, name: str, rows: ir.Table) -> ir.Table:
    """The rows in the one shape of the parts; what a part does not tell is null."""
    texts: Sequence[str] = ("reference", "evidence", "verdict", "track_name", "artist_name", "reason")
    told = {text: rows[text] if text in rows.columns else ibis.null("string") for text in texts}
    place = rows["place"].cast("int64") if "place" in rows.columns else ibis.literal(0, "int64")
    sums = {name: rows[name].cast("int64") for name in _SUMS}
    return rows.select(part_no=ibis.literal(number, "int64"), place=place, part=ibis.literal(name), **told, **sums)
