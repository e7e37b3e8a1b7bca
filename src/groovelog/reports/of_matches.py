"""The report of matching: which plays have audio features."""

from groovelog.reports.of_plays import COUNTED
from groovelog.reports.report import COUNT, LISTENER, PERIOD, TRACKS_ALONE, Parameter, Report
from groovelog.tables import Column

LISTED = 10

OF_MATCHES = (
    Report(
        "coverage",
        "Coverage",
        "How many tracks, and how many of their counted plays, have audio features: matched to a row of a reference. "
        "All; with audio features; by reference, each by itself, so that these overlap; by evidence (person: confirmed by "
        "one; id: the same Spotify id; isrc; equal names: but for case, accents, guests, editions; alike names: spelling or "
        "script differ); without, by verdict; and the most played without, with the reason of the reference that came "
        "nearest.",
        (
            Column("part", "VARCHAR", "which of the parts above"),
            Column("reference", "VARCHAR", "name of the reference"),
            Column("evidence", "VARCHAR", "what the match rests on"),
            Column("verdict", "VARCHAR", "ambiguous, unmatched, or not looked for yet"),
            Column("track_name", "VARCHAR", "title"),
            Column("artist_name", "VARCHAR", "artist"),
            Column("tracks", "BIGINT", "tracks by catalogue entry"),
            COUNTED,
            Column("share_of_tracks", "DOUBLE", "of all tracks", "share"),
            Column("share_of_plays", "DOUBLE", "of all counted plays that name a track", "share"),
            Column("reason", "VARCHAR", "why there is no match"),
        ),
        parameters=(
            LISTENER,
            *PERIOD,
            COUNT,
            TRACKS_ALONE,
            Parameter("top", "tracks without a match that are listed", default=LISTED),
        ),
        metric="coverage.coverage",
    ),
)
