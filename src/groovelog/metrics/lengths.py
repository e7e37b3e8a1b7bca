"""How long a work is, as far as plays tell."""

import ibis.expr.types as ir

from groovelog.metrics.works import named, with_entry

END_OF_TRACK = "trackdone"


def with_length(plays: ir.Table, every: ir.Table, tracks: ir.Table, listener_id: str) -> ir.Table:
    """The plays with `length_ms`: the longest of the same catalogue entry among those that tell lengths to the listener.

    `every` is the plays to learn from (see `telling`); null where none of them tells. Who rewinds while listening makes
    the length too long: a source that knows the length would be better, and none does yet.
    """
    ended = named(telling(every, listener_id), "all")
    ended = with_entry(ended.select("uri", "title", "maker", "ms_played"), tracks)
    lengths = ended.group_by(length_of=ended.entry_id).agg(length_ms=ended.ms_played.max())
    entered = with_entry(named(plays, "all"), tracks)
    joined = entered.left_join(lengths, [("entry_id", "length_of")])
    return joined.select(*plays.columns, length_ms=joined.length_ms)


def telling(every: ir.Table, listener_id: str) -> ir.Table:
    """The plays that tell the listener a length: anybody's that ran to the end, but no other's incognito ones.

    A play without the incognito flag is not incognito.
    """
    # Exports have plays of 0 ms that "ended with the track". They would make it 0 ms long, and any play of it finished.
    ended = (every.reason_end == END_OF_TRACK) & (every.ms_played > 0)
    # A length would give away that the other one played the track.
    own_or_open = (every.listener_id == listener_id) | ~every.incognito.fill_null(False)
    return every.filter(ended & own_or_open)
