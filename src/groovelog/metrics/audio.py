"""The audio features of what was played: those of the row of a reference that its track is matched to."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.entries import entered
from groovelog.metrics.rules import LEAST_COVERAGE
from groovelog.tables import AUDIO_FEATURES

NAMES = tuple(feature.name for feature in AUDIO_FEATURES)
# Averages of many threads differ in their last digits from one run to the next; so many are told.
DIGITS = 6


def of_entries(track_matches: ir.Table, references: ir.Table) -> ir.Table:
    """One row for each catalogue entry with a chosen match: `audio_of`, its id; the thirteen; and what else the row tells.

    That is `genres`, `popularity`, and `reference_artists`, every artist credited, one a line.
    """
    chosen = track_matches.filter(track_matches.chosen).select("reference", "ref_id", audio_of="track_id")
    told = references.select(
        "reference", "ref_id", "genres", "popularity", *NAMES, reference_artists="credited_artists"
    )
    return chosen.inner_join(told, ["reference", "ref_id"]).select(
        "audio_of", "genres", "popularity", "reference_artists", *NAMES
    )


def with_audio(plays: ir.Table, tracks: ir.Table, audio: ir.Table) -> ir.Table:
    """The plays with `has_audio` and the columns of `audio` (see `of_entries`), null where their entry has none."""
    heard = plays if "entry_id" in plays.columns else entered(plays, tracks)
    joined = heard.left_join(audio, [("entry_id", "audio_of")])
    return joined.mutate(has_audio=joined.audio_of.notnull()).drop("audio_of")


def as_known(audio: ir.Table) -> ir.Table:
    """The audio features with null for a tempo of 0, which is Spotify's word for one that was not found."""
    return audio.mutate(tempo=audio.tempo.nullif(0))


def enough(known: ir.IntegerValue, plays: ir.IntegerValue) -> ir.BooleanValue:
    """Whether so many of the plays are known that they may speak for all (see `rules.LEAST_COVERAGE`)."""
    return known >= plays * LEAST_COVERAGE


def mean(feature: ir.NumericValue, plays: ir.IntegerValue) -> ir.NumericValue:
    """The mean over the plays whose track tells the feature, to six digits; null where they are not enough of `plays`."""
    return enough(feature.count(), plays).ifelse(feature.mean().round(DIGITS), ibis.null("float64"))
