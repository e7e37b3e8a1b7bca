"""How long a work is: as sources tell it, else as its reference does, else as far as plays show."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.entries import entered
from groovelog.metrics.works import named

END_OF_TRACK = "trackdone"


def with_length(plays: ir.Table, every: ir.Table, tracks: ir.Table, matched: ir.Table, listener_id: str) -> ir.Table:
    """The plays with `length_ms` as that of their catalogue entry, null where nothing tells it.

    It is the length most often told with plays of the entry (of several, the longest); where no source tells one, that of
    the row of a reference that it was matched to (`matched`, see `of_references`); else the longest play of the entry that
    ended with it. `every` is the plays to learn from; see `telling`.
    """
    # Sources differ by seconds, and some tell another version's length: the most frequent is nearest to a vote. Who
    # rewinds while listening makes the longest play too long, so that any told length is better.
    known = entered(named(plays.drop("length_ms"), "all"), tracks)
    # Of a lake of many, most tell of tracks that the listener does not play.
    asked = known.select("entry_id").distinct()
    told = entered(named(telling(every, listener_id), "all"), tracks).semi_join(asked, "entry_id")
    votes = told.group_by("entry_id", "told_ms").agg(votes=told.count(), ended_ms=told.ended_ms.max())
    order = [votes.told_ms.isnull(), ibis.desc(votes.votes), ibis.desc(votes.told_ms)]
    voted = votes.mutate(place=ibis.row_number().over(group_by=votes.entry_id, order_by=order))
    lengths = voted.group_by(length_of=voted.entry_id).agg(
        told_ms=voted.told_ms.max(where=voted.place == 0), ended_ms=voted.ended_ms.max()
    )
    joined = known.left_join(lengths, [("entry_id", "length_of")]).left_join(matched, [("entry_id", "matched_id")])
    length_ms = ibis.coalesce(joined.told_ms, joined.matched_ms, joined.ended_ms)
    return joined.mutate(length_ms=length_ms).select(*plays.columns)


def of_references(matches: ir.Table, references: ir.Table) -> ir.Table:
    """The length of every track that has a chosen match whose reference tells one: `matched_id`, `matched_ms`."""
    chosen = matches.filter(matches.chosen).select("reference", "ref_id", matched_id="track_id")
    told = references.filter(references.duration_ms > 0).select("reference", "ref_id", matched_ms="duration_ms")
    return chosen.inner_join(told, ["reference", "ref_id"]).select("matched_id", "matched_ms")


def telling(every: ir.Table, listener_id: str) -> ir.Table:
    """The plays that tell the listener a length: `told_ms` by their source, `ended_ms` by ending with the track.

    They are anybody's, but no other's incognito ones. A play without the incognito flag is not incognito.
    """
    # Exports have plays of 0 ms that "ended with the track". They would make it 0 ms long, and any play of it finished.
    ended = (every.reason_end == END_OF_TRACK) & (every.ms_played > 0)
    # A length would give away that the other one played the track.
    own_or_open = (every.listener_id == listener_id) | ~every.incognito.fill_null(False)
    marked = every.mutate(told_ms=every.length_ms, ended_ms=ended.ifelse(every.ms_played, ibis.null("int64")))
    return marked.filter(own_or_open, marked.told_ms.notnull() | marked.ended_ms.notnull())
