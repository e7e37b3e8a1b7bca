"""What music may be played for: contexts told from audio features, by the table in `context_rules.py`."""

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import as_known, enough, with_audio
from groovelog.metrics.context_rules import CONTEXTS, NAMES, RULES, UNCLASSIFIED, UNKNOWN, Context
from groovelog.metrics.entries import with_maker
from groovelog.metrics.steps import LABELS, step

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<": operator.lt,
    "<=": operator.le,
}
FITS = tuple(f"fits_{number}" for number in range(len(CONTEXTS)))
PLACE = {name: place for place, name in enumerate(NAMES)}


def fits(audio: ir.Table, context: Context) -> ir.BooleanValue:
    """Whether the audio features are within all bounds; null where one that would decide is not known."""
    bounds = (COMPARE[bound.sign](audio[bound.feature], bound.value) for bound in context.bounds)
    return reduce(operator.and_, bounds)


def classified(audio: ir.Table) -> ir.Table:
    """Of each entry (`audio_of`) the `place` of its context in NAMES, and and whether it fits each of CONTEXTS (FITS).

    The context is the first that fits. Where none fits it is unclassified, or unknown where a missing feature might make
    one fit: the disjunction of all is null then.
    """
    known = as_known(audio)
    fitting = [fits(known, context) for context in CONTEXTS]
    branches = [(fit, ibis.literal(place)) for place, fit in enumerate(fitting)]
    undecided = reduce(operator.or_, fitting).isnull()
    place = ibis.cases(*branches, (undecided, PLACE[UNKNOWN]), else_=PLACE[UNCLASSIFIED])
    return known.select("audio_of", place=place.cast("int64"), **dict(zip(FITS, fitting, strict=True)))


def placed(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """The plays with `place` and FITS of their entry (see `classified`); unknown without audio features."""
    joined = with_audio(plays, tracks, classified(audio))
    return joined.mutate(place=joined.place.fill_null(PLACE[UNKNOWN])).drop("has_audio")


def named_place(place: ir.IntegerValue) -> ir.StringValue:
    """The name of the context at that place of NAMES."""
    return ibis.cases(*((place == number, ibis.literal(name)) for name, number in PLACE.items()))


def contexts(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Counted plays by context, each context once; the columns are described in the report `contexts`."""
    counted = plays.filter(plays.counted).select("uri", "title", "maker", "local_hour", "ms_played")
    found = placed(with_maker(counted, tracks), tracks, audio).rename(artist="maker")
    heard = found.group_by("place", "artist", "local_hour", *FITS).agg(
        plays=found.count(), ms_played=found.ms_played.sum()
    )
    sums = heard.group_by("place").agg(
        plays=heard.plays.sum(),
        ms_played=heard.ms_played.sum().fill_null(0),
        **{name: heard.plays.sum(where=heard[name]).fill_null(0) for name in FITS},
    )
    all_sums = sums.agg(
        all_plays=sums.plays.sum(),
        known=sums.plays.sum(where=sums.place != PLACE[UNKNOWN]).fill_null(0),
        **{f"all_{name}": sums[name].sum() for name in FITS},
    )
    every = ibis.range(len(NAMES)).unnest().name("nth").as_table().cross_join(all_sums)
    joined = every.left_join(sums.select("place", "plays", "ms_played"), [("nth", "place")]).drop("place")
    with_artist = joined.left_join(_most(heard.filter(heard.artist.notnull()), "artist"), [("nth", "place")])
    # One by one: Ibis writes the columns of one drop in any order, and the SQL is kept by its text.
    with_artist = with_artist.drop("place").drop("most_plays")
    rows = with_artist.left_join(_most(heard, "local_hour"), [("nth", "place")])
    nth, plays_of = rows.nth, rows.plays.fill_null(0)
    tells = (nth != PLACE[UNKNOWN]) & enough(rows.known, rows.all_plays)
    told = rows.mutate(
        context=named_place(nth),
        count_of=plays_of,
        share_of=tells.ifelse(plays_of / rows.known.nullif(0), ibis.null("float64")),
        ms_of=rows.ms_played.fill_null(0),
        fitting=ibis.cases(*((nth == number, rows[f"all_{name}"]) for number, name in enumerate(FITS))),
        rule=ibis.cases(*((nth == number, ibis.literal(RULES[name])) for name, number in PLACE.items())),
    )
    ordered = told.order_by("nth")
    return ordered.select(
        "context", plays="count_of", share="share_of", ms_played="ms_of", fits="fitting", fullest_hour="local_hour",
        top_artist="artist", rule="rule",
    )  # fmt: skip


def _most(heard: ir.Table, column: str) -> ir.Table:
    """For each place the value with the most plays, of several the smallest: `place`, the value, `most_plays`."""
    counts = heard.group_by("place", column).agg(most_plays=heard.plays.sum())
    order = [ibis.desc("most_plays"), ibis.asc(column)]
    ranked = counts.mutate(rank=ibis.row_number().over(group_by="place", order_by=order))
    return ranked.filter(ranked["rank"] == 0).drop("rank")


def over_time(plays: ir.Table, tracks: ir.Table, audio: ir.Table, per: str) -> ir.Table:
    """Counted plays by step of time, and the share of each context in those whose context is known.

    Steps without counted plays are left out; a step of which too little is known has no shares.
    """
    counted = plays.filter(plays.counted)
    slim = counted.select("uri", "title", "maker", step=step(counted, per))
    heard = placed(slim, tracks, audio)
    sums = heard.group_by("step").agg(
        plays=heard.count(),
        known=heard.count(where=heard.place != PLACE[UNKNOWN]),
        **{name: heard.count(where=heard.place == place) for name, place in PLACE.items()},
    )
    tells = enough(sums.known, sums.plays)
    shares = {name: tells.ifelse(sums[name] / sums.known.nullif(0), ibis.null("float64")) for name in NAMES[:-1]}
    rows = sums.select("step", "plays", "known", coverage=sums.known / sums.plays, **shares)
    return rows.order_by("step").rename({LABELS[per]: "step"})
