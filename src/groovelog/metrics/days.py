"""Listening by local day."""

import ibis.expr.types as ir


def per_day(plays: ir.Table) -> ir.Table:
    """Every local day on which a kept play began: `local_date`, and of the counted ones `plays` and `ms_played`."""
    return plays.group_by("local_date").agg(
        plays=plays.count(where=plays.counted.fill_null(False)),
        ms_played=plays.ms_played.sum(where=plays.counted).fill_null(0),
    )
