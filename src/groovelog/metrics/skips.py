"""Skips and attention: what is cut short, how far plays get, and why they begin and end.

A skip is a play whose source says so (`skipped`). Rates leave out plays whose source does not say.
"""

import ibis
import ibis.expr.types as ir

from groovelog.metrics import contexts
from groovelog.metrics.entries import by_work
from groovelog.metrics.items import items, named_items
from groovelog.metrics.reason_words import REASONS
from groovelog.metrics.steps import step

ITEMS = ("track", "recording", "artist", "album")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Told in their own order, all others by skips.
ORDERED = ("hour", "weekday", "month")
COMPLETION_STEP = 5  # percent
COMPLETION_STEPS = 100 // COMPLETION_STEP
SUMS = ("known", "skips", "unknown", "skipped_ms", "timed_skips")


def skips(plays: ir.Table, tracks: ir.Table, audio: ir.Table, what: str, top: int | None = None) -> ir.Table:
    """Plays, skips and skip rate by what was played, when, on what, or how; the columns are described in the report."""
    counted = plays.filter(plays.counted)
    if what in ITEMS:
        sums = _by_item(counted, tracks, what)
        told = named_items(sums, tracks, what).rename(key="item_id")
    else:
        keyed = _by_context(counted, tracks, audio) if what == "context" else _by_key(counted, what)
        told = keyed.mutate(name=_name(keyed.key, what), artist_name=ibis.null("string"))
    rows = told.mutate(
        plays=told.known,
        skip_rate=told.skips / told.known.nullif(0),
        ms_before_skip=told.skipped_ms // told.timed_skips.nullif(0),
    )
    names = [rows[name].asc(nulls_first=False) for name in ("name", "artist_name", "key")]
    order = names[2:] if what in ORDERED else [ibis.desc("skips"), ibis.desc("plays"), *names]
    columns = ("name", "artist_name", "plays", "skips", "skip_rate", "unknown", "ms_before_skip")
    return rows.order_by(order).limit(top).select(columns)


def _sums(plays: ir.Table) -> dict[str, ir.Value]:
    """Of plays: those whose skip is `known`, the skipped, the others, and the time of the skipped."""
    skipped = plays.skipped.fill_null(False)
    return {
        "known": plays.skipped.count(),
        "skips": plays.count(where=skipped),
        "unknown": plays.count(where=plays.skipped.isnull()),
        "skipped_ms": plays.ms_played.sum(where=skipped).fill_null(0),
        "timed_skips": plays.count(where=skipped & plays.ms_played.notnull()),
    }


def _by_item(counted: ir.Table, tracks: ir.Table, what: str) -> ir.Table:
    """The sums by `item_id`."""
    marked = items(counted, tracks, what, "skipped", "ms_played")
    return marked.group_by("item_id").agg(**_sums(marked))


def _by_context(counted: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """The sums by `key`, the place of the context (see `contexts.classified`)."""
    return _added_up(contexts.placed(by_work(counted, **_sums(counted)), tracks, audio), "place").rename(key="place")


def _by_key(counted: ir.Table, what: str) -> ir.Table:
    """The sums by `key`, what plays are told apart by, in its order."""
    column = {"reason": "reason_start"}.get(what, what)
    return counted.group_by(key=step(counted, what) if what in ORDERED else counted[column]).agg(**_sums(counted))


def _added_up(rows: ir.Table, by: str) -> ir.Table:
    return rows.group_by(by).agg(**{name: rows[name].sum() for name in SUMS})


def _name(key: ir.Value, what: str) -> ir.StringValue:
    if what == "context":
        return contexts.named_place(key)
    if what == "hour":
        return key.cast("string").lpad(2, "0") + ":00"
    if what == "weekday":
        return ibis.cases(*((key == number, ibis.literal(name)) for number, name in enumerate(WEEKDAYS, 1)))
    if what == "month":
        return key.strftime("%Y-%m")
    if what == "shuffle":
        return ibis.cases((key, "on"), (~key, "off"))
    return key


def completion(lengthened: ir.Table) -> ir.Table:
    """How many counted plays reached 0, 5, ... 100 % of their track: `percent`, `plays`, `share`, and their basis.

    Of plays whose duration a source tells and whose length is known (`known`; see `lengths.with_length`); who listens
    longer than the track is long has reached all of it.
    """
    counted = lengthened.filter(lengthened.counted)
    # An estimated duration is made from the length: it says nothing of how far the play got.
    ms = (
        counted.estimated.ifelse(ibis.null("int64"), counted.ms_played)
        if "estimated" in counted.columns
        else counted.ms_played
    )
    whole = (ms * COMPLETION_STEPS) // counted.length_ms.nullif(0)
    reached = (whole > COMPLETION_STEPS).ifelse(COMPLETION_STEPS, whole)
    counts = counted.select(reached=reached).group_by("reached").agg(plays=ibis._.count())
    totals = counts.agg(
        known=counts.plays.sum(where=counts.reached.notnull()).fill_null(0),
        unknown=counts.plays.sum(where=counts.reached.isnull()).fill_null(0),
    )
    steps = ibis.range(COMPLETION_STEPS + 1).unnest().name("nth").as_table().cross_join(totals)
    joined = steps.left_join(counts, [steps.nth <= counts.reached])
    rows = joined.group_by("nth", "known", "unknown").agg(plays=joined.plays.sum().fill_null(0))
    rows = rows.mutate(percent=rows.nth * COMPLETION_STEP, share=rows.plays / rows.known.nullif(0))
    return rows.order_by("percent").select("percent", "plays", "share", "known", "unknown")


def reasons(plays: ir.Table) -> ir.Table:
    """Why counted plays began and ended, in Spotify's words and plain ones; null where no source tells."""
    counted = plays.filter(plays.counted)
    pairs = counted.group_by("reason_start", "reason_end").agg(
        plays=counted.count(),
        ms_played=counted.ms_played.sum().fill_null(0),
        skips=counted.count(where=counted.skipped.fill_null(False)),
        skip_known=counted.skipped.count(),
    )
    rows = _by_reason(pairs, 0).union(_by_reason(pairs, 1))
    meaning = ibis.cases(*((rows.reason == word, ibis.literal(text)) for word, text in REASONS.items()))
    told = rows.mutate(
        moment=(rows.place == 0).ifelse("start", "end"),
        meaning=meaning,
        share=rows.plays / rows.plays.sum().over(group_by="place"),
        skip_rate=rows.skips / rows.skip_known.nullif(0),
    )
    order = [told.place, told.plays.desc(), told.reason.asc(nulls_first=False)]
    return told.order_by(order).select("moment", "reason", "meaning", "plays", "share", "ms_played", "skip_rate")


def _by_reason(pairs: ir.Table, place: int) -> ir.Table:
    """The pairs added up by why they began (0) or ended (1)."""
    sums = {name: pairs[name].sum() for name in ("plays", "ms_played", "skips", "skip_known")}
    added = pairs.group_by(reason=("reason_start", "reason_end")[place]).agg(**sums)
    return added.mutate(place=ibis.literal(place, "int64"))
