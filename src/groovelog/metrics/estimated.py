"""How long a play was, where no source tells it."""

import ibis.expr.types as ir


def with_estimate(plays: ir.Table) -> ir.Table:
    """The plays with `ms_played` as told, else estimated, and `estimated`, true where it is.

    A scrobble tells a start and no duration. It is taken to have lasted the length of its track (`length_ms`, see
    `lengths.with_length`), or until the listener's next play began, if that was sooner. Where the length is unknown so is
    the time, and `ms_played` stays null. `plays` are all of their listeners'; marked as counted before, for an estimate
    decides nothing.
    """
    order = [plays.started_at, plays.play_id]
    following = plays.started_at.lead().over(group_by=plays.listener_id, order_by=order)
    # DuckDB tells fractions of a second, which a poll of the Web API has, too.
    seconds = following.epoch_seconds() - plays.started_at.epoch_seconds()
    until_next = (seconds * 1000).round().cast("int64")
    # Not least(): both engines take the smaller of a number and null to be the number.
    guess = (until_next < plays.length_ms).ifelse(until_next, plays.length_ms).fill_null(plays.length_ms)
    untold = plays.ms_played.isnull()
    return plays.mutate(ms_played=untold.ifelse(guess, plays.ms_played), estimated=untold & plays.length_ms.notnull())


def share(plays: ir.Table) -> ir.Table:
    """One row: of the counted plays the time in all (`ms`), and what of it is estimated (`ms_estimated`)."""
    counted = plays.filter(plays.counted)
    return counted.agg(
        ms=counted.ms_played.sum().fill_null(0),
        ms_estimated=counted.ms_played.sum(where=counted.estimated).fill_null(0),
    )
