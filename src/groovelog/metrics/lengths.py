"""How long a work is, as far as plays tell."""

import ibis.expr.types as ir

from groovelog.metrics.works import named, with_entry

END_OF_TRACK = "trackdone"


def with_length(plays: ir.Table, told: ir.Table, tracks: ir.Table) -> ir.Table:
    """The plays with `length_ms`: the longest play of the same catalogue entry in `told` that ran to its end.

    `told` is the plays to learn from, whoever's they are; null where none of them ran to the end. Who rewinds while
    listening makes the length too long: a source that knows the length would be better, and none does yet.
    """
    ended = named(told.filter(told.reason_end == END_OF_TRACK), "all")
    ended = with_entry(ended.select("uri", "title", "maker", "ms_played"), tracks)
    lengths = ended.group_by(length_of=ended.entry_id).agg(length_ms=ended.ms_played.max())
    entered = with_entry(named(plays, "all"), tracks)
    joined = entered.left_join(lengths, [("entry_id", "length_of")])
    return joined.select(*plays.columns, length_ms=joined.length_ms)
