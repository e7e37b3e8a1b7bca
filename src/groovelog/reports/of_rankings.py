"""The reports of rankings: what was played most, and how that moves."""

from groovelog.reports.of_counts import STARTS_ON
from groovelog.reports.of_plays import ALBUM, COUNTED, HEARD, MAKER, RANK, TITLE
from groovelog.reports.report import (
    ASKED,
    ASKED_OF_ONE,
    ASKED_OF_TRACKS,
    COUNT,
    LISTENER,
    PERIOD,
    TOP,
    TRACKS_ALONE,
    Parameter,
    Report,
)
from groovelog.tables import Column

BY = Parameter("by", "what ranks: counted plays, their time, or the days with some", ("plays", "time", "days"), "plays")
DAYS = Column("days", "BIGINT", "local days on which a counted play began; told where they rank", "days")
NAME = Column("name", "VARCHAR", "title, or the artist's name; null where nobody names it")
ARTIST = Column("artist_name", "VARCHAR", "artist of a track, recording or album; null for an artist")
EPISODES_ALONE = Parameter("kind", "episodes alone", ("episode",), "episode")
STEPS = ("month", "quarter", "year")
PER = Parameter("per", "the steps", STEPS, "month")

TOPS = (
    Report(
        "top-tracks",
        "Top tracks",
        "Tracks by counted plays, time or days, ties by name. A track is a catalogue entry: a play without URI joins the entry "
        "of its exact title and artist, else its names are one. "
        "Asked for episodes it ranks episodes, for audiobooks chapters.",
        (RANK, TITLE, MAKER, COUNTED, HEARD, DAYS),
        parameters=(*ASKED_OF_ONE, BY, TOP),
        metric="rankings.top_tracks",
    ),
    Report(
        "top-artists",
        "Top artists",
        "Artists by counted plays, time or days, ties by name, as the source spells them; plays without a known artist are left "
        "out. Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, MAKER, COUNTED, HEARD, DAYS),
        parameters=(*ASKED, BY, TOP),
        metric="rankings.top_artists",
    ),
    Report(
        "top-albums",
        "Top albums",
        "Albums by counted plays, time or days, ties by name, apart where the artists differ; plays without a known album are "
        "left out. Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, ALBUM, MAKER, COUNTED, HEARD, DAYS),
        parameters=(*ASKED_OF_ONE, BY, TOP),
        metric="rankings.top_albums",
    ),
)  # fmt: skip

OF_RANKINGS = (
    Report(
        "top-recordings",
        "Top recordings",
        "Recordings by counted plays, time or days, ties by name: all entries of a recording, as on single and album, count "
        "together. An entry without a recording is its own.",
        (
            RANK,
            Column(
                "recording_id",
                "VARCHAR",
                "its id in the table recordings; of an entry without one the entry's; null of mere names",
            ),
            Column("track_name", "VARCHAR", "title; null where nobody names it"),
            Column("artist_name", "VARCHAR", "artist; null where nobody names it"),
            Column("track_ids", "BIGINT", "entries of it that were played"),
            COUNTED,
            HEARD,
            DAYS,
        ),
        metric="rankings.top_recordings",
        parameters=(*ASKED_OF_TRACKS, BY, TOP),
    ),
    Report(
        "top-credited-artists",
        "Top credited artists",
        "Every credited artist by counted plays, time or days, ties by name; a play counts once for each. Credited are those "
        "that the source lists with the play, else those of the row of a reference that the track is matched to, else its one.",
        (RANK, Column("artist_name", "VARCHAR", "artist"), COUNTED, HEARD, DAYS),
        metric="rankings.top_credited_artists",
        parameters=(*ASKED_OF_TRACKS, BY, TOP),
    ),
    Report(
        "top-shows",
        "Top shows",
        "Podcasts by counted plays of their episodes, time or days, ties by name; plays without the name of a show are left out.",
        (
            RANK,
            Column("show_name", "VARCHAR", "podcast"),
            Column("episodes", "BIGINT", "episodes with counted plays, by URI, else by title"),
            COUNTED,
            HEARD,
            DAYS,
        ),
        metric="rankings.top_shows",
        parameters=(LISTENER, *PERIOD, COUNT, EPISODES_ALONE, BY, TOP),
    ),
    Report(
        "rank-movement",
        "How ranks move",
        "The first of each step by counted plays, ties by name, and their rank in the step before, among all that was played "
        "then. Steps are whole: one that the period asked for begins within, begins before it. What lies before the period "
        "is known to it all the same.",
        (
            STARTS_ON,
            RANK,
            NAME,
            ARTIST,
            COUNTED,
            HEARD,
            Column("rank_before", "BIGINT", "rank in the step before; null if it was not played then"),
            Column("movement", "BIGINT", "ranks gained since; null if it was not played then"),
            Column("is_new", "BOOLEAN", "no counted play of it in any earlier step"),
        ),
        metric="movement.rank_movement",
        parameters=(
            *ASKED_OF_TRACKS,
            Parameter("what", "what is ranked", ("artist", "track", "recording", "album"), "artist"),
            PER,
            Parameter("top", "ranks of each step", default=10),
        ),
    ),
    Report(
        "artist-share",
        "Shares of artists",
        "What part of the plays, and of the time, of each step the most played artists of all steps have, and everyone else "
        "together; 0 where there is none. Plays whose artist nobody tells are everyone else's. The shares of a step add up to "
        "1; a step without counted plays has none.",
        (
            STARTS_ON,
            Column("rank", "BIGINT", "place of the artist over all steps, ties by name; null for everyone else"),
            Column("artist_name", "VARCHAR", "artist, or everyone else"),
            COUNTED,
            HEARD,
            Column("share_of_plays", "DOUBLE", "of the step's counted plays", "share"),
            Column("share_of_time", "DOUBLE", "of the step's ms_played; null without time", "share"),
        ),
        metric="movement.artist_share",
        parameters=(*ASKED, PER, Parameter("top", "artists told apart", default=8)),
    ),
    Report(
        "half-lives",
        "Half-lives",
        "How many days passed from the first counted play until half of all counted plays (rounded up) had happened: few for "
        "what was loved and left. Over all time up to the last date asked for, by counted plays, ties by name. Left out are "
        "items with fewer than 20 counted plays, and those first played less than 90 days before the end of the record, whose "
        "half-life cannot be told yet.",
        (
            NAME,
            ARTIST,
            COUNTED,
            HEARD,
            Column("half_life_days", "BIGINT", "days from the first play to the day on which half had happened", "days"),
            Column("first_played", "DATE", "local date of the first counted play"),
            Column("last_played", "DATE", "local date of the last counted play"),
            Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days"),
        ),
        metric="half_lives.half_lives",
        parameters=(
            LISTENER,
            *(parameter for parameter in PERIOD if parameter.name != "from"),
            COUNT,
            TRACKS_ALONE,
            Parameter("what", "what is told of", ("track", "recording", "artist"), "track"),
            TOP,
        ),
    ),
)  # fmt: skip
