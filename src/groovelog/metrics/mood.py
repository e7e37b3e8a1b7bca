"""Mood, as far as music tells it: valence and energy, over time and by quadrant."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import DIGITS, enough, with_audio
from groovelog.metrics.entries import by_work, entered, with_maker
from groovelog.metrics.mood_rules import HALF, JUDGED_PLAYS, MAD_TO_DEVIATION, NORMAL_DEVIATIONS
from groovelog.metrics.steps import LABELS, step

# Russell (1980), A circumplex model of affect: pleasure by arousal. From pleased and awake against the clock.
QUADRANTS = ("happy", "tense", "sad", "calm")
HIGH_VALENCE, HIGH_ENERGY = ("happy", "calm"), ("happy", "tense")
UNKNOWN = "unknown"
MEASURED = ("valence", "energy")


def mood(plays: ir.Table, tracks: ir.Table, audio: ir.Table, per: str) -> ir.Table:
    """Mean valence and energy of counted plays by step of time, and where they leave the listener's normal range.

    The range is the median of the steps with at least JUDGED_PLAYS known plays, ± 2 × 1.4826 × the median absolute
    deviation from it: Hampel's identifier (Davies & Gather 1993), which outliers do not widen. Steps of fewer known plays
    get no note, and those of which too little is known no means. Steps without counted plays are left out.
    """
    steps = _means(plays, tracks, audio, per)
    judged = steps.filter(steps.known >= JUDGED_PLAYS)
    middles = judged.agg(**{f"{name}_middle": judged[name].median() for name in MEASURED})
    beside = judged.cross_join(middles)
    spreads = beside.agg(
        **{f"{name}_spread": (beside[name] - beside[f"{name}_middle"]).abs().median() for name in MEASURED}
    )
    rows = steps.cross_join(middles.cross_join(spreads))
    width = NORMAL_DEVIATIONS * MAD_TO_DEVIATION
    rows = rows.mutate(
        **{f"{name}_low": rows[f"{name}_middle"] - rows[f"{name}_spread"] * width for name in MEASURED},
        **{f"{name}_high": rows[f"{name}_middle"] + rows[f"{name}_spread"] * width for name in MEASURED},
    )
    noted = rows.mutate(**{f"{name}_note": _note(rows, name) for name in MEASURED})
    columns = [f"{name}_{part}" for name in MEASURED for part in ("note", "low", "high")]
    told = noted.select("step", "plays", "known", "coverage", *MEASURED, *columns)
    return told.order_by("step").rename({LABELS[per]: "step"})


def _means(plays: ir.Table, tracks: ir.Table, audio: ir.Table, per: str) -> ir.Table:
    counted = plays.filter(plays.counted)
    slim = counted.select("uri", "title", "maker", step=step(counted, per))
    heard = with_audio(slim, tracks, audio.select("audio_of", *MEASURED))
    both = heard.valence.notnull() & heard.energy.notnull()
    sums = heard.group_by("step").agg(
        plays=heard.count(),
        known=heard.count(where=both),
        **{name: heard[name].mean(where=both).round(DIGITS) for name in MEASURED},
    )
    tells = enough(sums.known, sums.plays)
    means = {name: tells.ifelse(sums[name], ibis.null("float64")) for name in MEASURED}
    return sums.mutate(coverage=sums.known / sums.plays, **means)


def _note(rows: ir.Table, name: str) -> ir.StringValue:
    judged = rows.known >= JUDGED_PLAYS
    dip, peak = rows[name] < rows[f"{name}_low"], rows[name] > rows[f"{name}_high"]
    return ibis.cases((judged & dip, "dip"), (judged & peak, "peak"))


def quadrants(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Counted plays by quadrant of valence and energy, each once, and those of which one is unknown.

    From HALF on a value is high. `top_artist` has the most plays, of several the first by name.
    """
    counted = plays.filter(plays.counted)
    works = by_work(counted.mutate(spelt=counted.maker), "spelt", ms_played=counted.ms_played.sum())
    known = with_maker(entered(works, tracks).drop("maker").rename(maker="spelt"), tracks)
    found = with_audio(known, tracks, audio.select("audio_of", *MEASURED))
    pleased, awake = found.valence >= HALF, found.energy >= HALF
    place = ibis.cases(
        (pleased & awake, 0), (~pleased & awake, 1), (~pleased & ~awake, 2), (pleased & ~awake, 3), else_=4
    )
    heard = found.select("plays", "ms_played", place=place.cast("int64"), artist="maker")
    by_artist = heard.group_by("place", "artist").agg(plays=heard.plays.sum(), ms_played=heard.ms_played.sum())
    sums = by_artist.group_by("place").agg(plays=by_artist.plays.sum(), ms_played=by_artist.ms_played.sum())
    order = [ibis.desc("plays"), ibis.asc("artist")]
    named = by_artist.filter(by_artist.artist.notnull())
    ranked = named.mutate(rank=ibis.row_number().over(group_by="place", order_by=order))
    first = ranked.filter(ranked["rank"] == 0).select(artist_of="place", top_artist="artist")
    totals = sums.agg(all_plays=sums.plays.sum(), known=sums.plays.sum(where=sums.place < len(QUADRANTS)).fill_null(0))
    every = ibis.range(len(QUADRANTS) + 1).unnest().name("nth").as_table().cross_join(totals)
    joined = every.left_join(sums, [("nth", "place")]).left_join(first, [("nth", "artist_of")])
    nth, plays_of = joined.nth, joined.plays.fill_null(0)
    tells = (nth < len(QUADRANTS)) & enough(joined.known, joined.all_plays)
    rows = joined.mutate(
        quadrant=_by_place(nth, (*QUADRANTS, UNKNOWN)),
        valence=_by_place(nth, tuple("high" if name in HIGH_VALENCE else "low" for name in QUADRANTS)),
        energy=_by_place(nth, tuple("high" if name in HIGH_ENERGY else "low" for name in QUADRANTS)),
        count_of=plays_of,
        share=tells.ifelse(plays_of / joined.known.nullif(0), ibis.null("float64")),
        ms_of=joined.ms_played.fill_null(0),
    )
    return rows.order_by("nth").select(
        "quadrant", "valence", "energy", plays="count_of", share="share", ms_played="ms_of", top_artist="top_artist"
    )


def _by_place(place: ir.IntegerValue, words: tuple[str, ...]) -> ir.StringValue:
    return ibis.cases(*((place == number, ibis.literal(word)) for number, word in enumerate(words)))
