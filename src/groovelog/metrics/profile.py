"""How the music sounds: means of audio features, tempo, keys."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import as_known, enough, mean, with_audio
from groovelog.metrics.entries import by_work
from groovelog.metrics.items import named_items
from groovelog.metrics.steps import LABELS, step

# Those of which a mean says something: not of the key or the mode.
AVERAGED = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence", "tempo",
)  # fmt: skip
BPM_STEP = 10
KEYS = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
MODES = ("minor", "major")


def audio_profile(plays: ir.Table, tracks: ir.Table, audio: ir.Table, per: str) -> ir.Table:
    """The mean of each audio feature over counted plays, in all or by step of time.

    Each is over the plays whose track tells it, and null where these are too few. Steps without counted plays are left out.
    """
    told = as_known(audio).select("audio_of", *AVERAGED)
    counted = plays.filter(plays.counted)
    stepped = {} if per == "all" else {"step": step(counted, per)}
    heard = with_audio(counted.select("uri", "title", "maker", **stepped), tracks, told)
    grouped = heard.group_by("step") if stepped else heard
    rows = grouped.agg(
        plays=heard.count(),
        known=heard.has_audio.sum().fill_null(0),
        **{name: mean(heard[name], heard.count()) for name in AVERAGED},
    )
    rows = rows.mutate(coverage=rows.known / rows.plays.nullif(0)).relocate("coverage", after="known")
    return rows.order_by("step").rename({LABELS[per]: "step"}) if stepped else rows


def tempo(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Counted plays by steps of 10 BPM, from the first with plays to the last, and at the end those of unknown tempo."""
    works = by_work(plays.filter(plays.counted))
    heard = with_audio(works, tracks, as_known(audio).select("audio_of", "tempo"))
    binned = heard.mutate(bin=(heard.tempo / BPM_STEP).floor().cast("int64"))
    counts = binned.group_by("bin").agg(plays=binned.plays.sum())
    ends = counts.agg(
        first=counts.bin.min(), last=counts.bin.max(),
        known=counts.plays.sum(where=counts.bin.notnull()).fill_null(0), all_plays=counts.plays.sum(),
    )  # fmt: skip
    bins = ends.select("known", "all_plays", nth=ibis.range(ends.first, ends.last + 1).unnest())
    joined = bins.left_join(counts, [("nth", "bin")])
    plays_of = joined.plays.fill_null(0)
    share = enough(joined.known, joined.all_plays).ifelse(plays_of / joined.known, ibis.null("float64"))
    steps = joined.select(
        bpm_from=joined.nth * BPM_STEP, bpm_to=(joined.nth + 1) * BPM_STEP, count_of=plays_of, share=share
    )
    unknown = counts.filter(counts.bin.isnull()).select(
        bpm_from=ibis.null("int64"), bpm_to=ibis.null("int64"), count_of="plays", share=ibis.null("float64")
    )
    rows = steps.union(unknown)
    # Both engines' nulls go last.
    return rows.order_by(rows.bpm_from.asc(nulls_first=False)).select(
        "bpm_from", "bpm_to", plays="count_of", share="share"
    )


def keys(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """Counted plays by key and mode, all 24; plays of unknown key or mode are left out.

    The top track has the most plays, of several the first by name.
    """
    works = by_work(plays.filter(plays.counted))
    heard = with_audio(works, tracks, audio.select("audio_of", "key", "mode"))
    entries = heard.group_by("key", "mode", item_id="entry_id").agg(plays=heard.plays.sum())
    sums = entries.group_by(key_of="key", mode_of="mode").agg(plays=entries.plays.sum())
    both = sums.key_of.notnull() & sums.mode_of.notnull()
    totals = sums.agg(all_plays=sums.plays.sum(), known=sums.plays.sum(where=both).fill_null(0))
    cells = ibis.range(len(KEYS) * len(MODES)).unnest().name("cell").as_table()
    cells = cells.mutate(key=cells.cell // len(MODES), major=1 - cells.cell % len(MODES)).cross_join(totals)
    joined = cells.left_join(sums, [("key", "key_of"), ("major", "mode_of")])
    joined = joined.left_join(_top_tracks(entries, tracks), [("key", "top_key"), ("major", "top_mode")])
    plays_of = joined.plays.fill_null(0)
    mode = (joined.major == 1).ifelse(MODES[1], MODES[0])
    note = ibis.cases(*((joined.key == number, ibis.literal(name)) for number, name in enumerate(KEYS)))
    rows = joined.mutate(
        key_name=note + " " + mode,
        mode=mode,
        count_of=plays_of,
        share=enough(joined.known, joined.all_plays).ifelse(plays_of / joined.known.nullif(0), ibis.null("float64")),
    )
    return rows.order_by("cell").select(
        "key",
        "mode",
        "key_name",
        plays="count_of",
        share="share",
        top_track="top_track",
        top_track_artist="top_track_artist",
    )


def _top_tracks(entries: ir.Table, tracks: ir.Table) -> ir.Table:
    """Of each key and mode the entry with the most plays: `top_key`, `top_mode`, `top_track`, `top_track_artist`."""
    # Names are looked up for those alone that have the most plays: sorting all by name takes longer than all the rest.
    beside = entries.mutate(most=entries.plays.max().over(group_by=["key", "mode"]))
    named = named_items(beside.filter(beside.plays == beside.most), tracks, "track")
    order = [ibis.asc("name"), ibis.asc("artist_name"), ibis.asc("item_id")]
    ranked = named.mutate(rank=ibis.row_number().over(group_by=["key", "mode"], order_by=order))
    return ranked.filter(ranked["rank"] == 0).select(
        top_key="key", top_mode="mode", top_track="name", top_track_artist="artist_name"
    )
