"""What happened in a session: its plays one by one, and the longest sessions in a line each."""

import ibis
import ibis.expr.types as ir

from groovelog.metrics.audio import DIGITS, with_audio
from groovelog.metrics.entries import with_entry
from groovelog.metrics.ids import digits
from groovelog.metrics.items import items
from groovelog.metrics.mood import QUADRANTS
from groovelog.metrics.mood_rules import HALF
from groovelog.metrics.sessions import in_sessions, measured, of_id, stop

# What is looked at: plays have forty columns, and all that are not needed would be read, too.
SHOWN = (
    "play_id", "session_id", "started_at", "stopped_at", "ms_played", "local_date", "local_hour", "timezone", "counted",
    "skipped", "uri", "title", "maker", "collection",
)  # fmt: skip


def story(
    plays: ir.Table, tracks: ir.Table, audio: ir.Table, kept: ir.Table, *, silence: int, session: str | None = None
) -> ir.Table:
    """Every play of one session, in order; the columns are described in the report `session-story`."""
    placed = in_sessions(plays, kept, silence).select(*SHOWN)
    if session is not None:
        chosen = placed.filter(placed.session_id == of_id(session))
    else:
        # A scalar is worked out by itself, and only the plays of that session are read whole.
        chosen = placed.filter(placed.session_id == longest(placed, 1).session_id.as_scalar())
    order = [chosen.started_at, chosen.play_id]
    ended = stop(chosen).max().over(ibis.window(order_by=order, preceding=(None, 1)))
    silent = chosen.started_at.delta(ended, unit="millisecond")
    timed = chosen.mutate(
        position=ibis.row_number().over(order_by=order) + 1,
        silence_ms=(silent < 0).ifelse(0, silent),
    )
    heard = with_audio(with_entry(timed, tracks), tracks, audio)
    return (
        heard.select(
            "position",
            "started_at",
            "ms_played",
            "counted",
            "skipped",
            "silence_ms",
            "energy",
            "valence",
            session_id=digits(heard.session_id),
            track_name=ibis.coalesce(heard.entry_title, heard.title),
            artist_name=ibis.coalesce(heard.entry_maker, heard.maker),
            quadrant=quadrant(heard),
        )
        .relocate("session_id", after="position")
        .relocate("track_name", "artist_name", after="started_at")
        .order_by("position")
    )


def stories(
    plays: ir.Table, tracks: ir.Table, audio: ir.Table, kept: ir.Table, *, silence: int, top: int | None = None
) -> ir.Table:
    """The longest sessions, one a row; the columns are described in the report `session-stories`."""
    placed = in_sessions(plays, kept, silence).select(*SHOWN)
    shown = placed.filter(placed.session_id.isin(longest(placed, top).session_id))
    rows = measured(shown)
    counted = shown.filter(shown.counted)
    order = [counted.started_at, counted.play_id]
    numbered = counted.mutate(
        nth=ibis.row_number().over(group_by=counted.session_id, order_by=order) + 1,
        of_plays=counted.count().over(group_by=counted.session_id),
    )
    moods = _moods(with_audio(numbered, tracks, audio))
    makers = _main_artists(counted, tracks)
    joined = rows.left_join(moods, [("session_id", "mood_of")]).left_join(makers, [("session_id", "artists_of")])
    told = joined.mutate(main_artist_share=joined.main_artist_plays / joined.plays, artists=joined.artists.fill_null(0))
    ordered = told.order_by(ibis.desc("ms_played"), ibis.desc("started_at"), ibis.desc("session_id"))
    return ordered.mutate(session_id=digits(ordered.session_id)).select(
        "session_id", "local_date", "start_hour", "ms_played", "plays", "artists", "main_artist", "main_artist_share",
        "energy_first_half", "energy_second_half", "valence_first_half", "valence_second_half", "known_share",
    )  # fmt: skip


def longest(placed: ir.Table, top: int | None) -> ir.Table:
    """The sessions by time listened; the later of two that are equally long is before the earlier."""
    rows = measured(placed)
    return rows.order_by(ibis.desc("ms_played"), ibis.desc("started_at"), ibis.desc("session_id")).limit(top)


def quadrant(heard: ir.Table) -> ir.StringValue:
    """Where each play lies by valence and energy (see `mood.QUADRANTS`); null where one of the two is unknown."""
    happy, tense, sad, calm = QUADRANTS
    pleased, awake = heard.valence >= HALF, heard.energy >= HALF
    return ibis.cases(
        (pleased & awake, happy), (~pleased & awake, tense), (~pleased & ~awake, sad), (pleased & ~awake, calm)
    )


def _moods(heard: ir.Table) -> ir.Table:
    """Means of each half of each session, the middle play of an odd number in the first, and the share that is known."""
    first = heard.nth * 2 <= heard.of_plays + 1
    means = {
        f"{feature}_{half}_half": heard[feature].mean(where=where).round(DIGITS)
        for feature in ("energy", "valence")
        for half, where in (("first", first), ("second", ~first))
    }
    return heard.group_by(mood_of="session_id").agg(**means, known_share=heard.has_audio.cast("int64").mean())


def _main_artists(counted: ir.Table, tracks: ir.Table) -> ir.Table:
    """For each session its artists, counted, and the one with most plays, of several the first by name."""
    heard = items(counted, tracks, "artist", "session_id")
    by_artist = heard.group_by("session_id", "item_id").agg(plays=heard.count())
    order = [ibis.desc(by_artist.plays), by_artist.item_id]
    placed = by_artist.mutate(nth=ibis.row_number().over(group_by=by_artist.session_id, order_by=order))
    main = placed.nth == 0
    return placed.group_by(artists_of="session_id").agg(
        artists=placed.count(),
        main_artist=placed.item_id.max(where=main),
        main_artist_plays=placed.plays.max(where=main),
    )
