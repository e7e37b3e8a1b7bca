"""How the plays of a step spread over what was played."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import steps
from groovelog.metrics.items import items

DIGITS = 9  # of sums of logarithms: the order in which they are added shows in the last digits


def diversity(plays: ir.Table, tracks: ir.Table, what: str, per: str) -> ir.Table:
    """Measures of the shares p of the items in each step; the columns are described in the report `diversity`.

    Of n plays of an item, N in the step and k items in all: the entropy is H = -sum(p log2 p) = log2 N - sum(n log2 n) / N
    bits, the effective numbers are 2^H and 1 / sum(p^2) = N^2 / sum(n^2), Hill's of order 1 and 2 (M. O. Hill, "Diversity
    and evenness", 1973); the Gini coefficient, with the n in ascending order and i from 1, is
    2 sum(i n) / (k N) - (k + 1) / k, which is 0 where all are alike and (k - 1) / k at most.
    """
    heard = items(plays.filter(plays.counted), tracks, what, "local_date")
    placed = heard.mutate(step=steps.number(heard.local_date, per))
    counts = placed.group_by("step", "item_id").agg(n=placed.count())
    ranked = counts.mutate(place=ibis.row_number().over(group_by=counts.step, order_by=counts.n) + 1)
    sums = ranked.group_by("step").agg(
        plays=ranked.n.sum().cast("int64"),
        items=ranked.count(),
        logs=(ranked.n * ranked.n.log2()).sum(),
        squares=(ranked.n * ranked.n).sum().cast("float64"),
        placed=(ranked.place * ranked.n).sum().cast("float64"),
        most=ranked.n.max(),
    )
    rows = steps.every(plays, per).left_join(sums, "step")
    entropy = rows.plays.log2() - rows.logs / rows.plays
    k = rows["items"]
    return rows.select(
        starts_on=steps.first_day(rows.step, per),
        plays=rows.plays.fill_null(0),
        items=k.fill_null(0),
        # Of one item it is 0, which a difference of logarithms may miss by its last digit.
        entropy=(k == 1).ifelse(0.0, entropy).round(DIGITS),
        effective_number=(k == 1).ifelse(1.0, ibis.literal(2.0) ** entropy).round(DIGITS),
        effective_number_2=rows.plays * rows.plays / rows.squares,
        gini=2 * rows.placed / (k * rows.plays) - (k + 1) / k,
        most_played_share=rows.most / rows.plays,
    ).order_by("starts_on")
