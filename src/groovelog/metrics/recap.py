"""A period in listening: twelve facts, and the plays behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir

from groovelog.metrics.days import per_day
from groovelog.metrics.entries import with_names
from groovelog.metrics.ids import digits
from groovelog.metrics.items import by_entry, by_item, items, named_items
from groovelog.metrics.streaks import stretches

# What a row of a fact may tell beside its value, with its type.
_TOLD = {
    "name": "string", "artist_name": "string", "from_date": "date", "to_date": "date", "plays": "int64", "ms_played": "int64",
}  # fmt: skip


def recap(plays: ir.Table, history: ir.Table, tracks: ir.Table, first: date | None, last: date | None) -> ir.Table:
    """The twelve facts in order, one row each; a fact that nothing tells is left out. Described in the report `recap`.

    Winners are those of the reports named beside them: ties go to the first by name, of days and sessions to the earliest.
    """
    heard = _Heard(plays.filter(plays.counted), history.filter(history.counted), tracks, first, last)
    rows = ibis.union(*(_row(place, name, fact, fact.rows(heard)) for place, (name, fact) in enumerate(FACTS.items())))
    return rows.order_by("place").drop("place")


def recap_plays(
    plays: ir.Table,
    history: ir.Table,
    tracks: ir.Table,
    *,
    what: str,
    top: int | None,
    first: date | None,
    last: date | None,
) -> ir.Table:
    """The counted plays behind one fact (`what`), the first of them first."""
    heard = _Heard(plays.filter(plays.counted), history.filter(history.counted), tracks, first, last)
    fact = FACTS[what]
    behind = fact.behind(heard, fact.rows(heard))
    behind = with_names(behind, tracks)
    rows = behind.mutate(track_name=behind.title, artist_name=behind.maker, id_text=digits(behind.play_id))
    rows = rows.order_by("started_at", "play_id").limit(top)
    columns = ("started_at", "local_date", "track_name", "artist_name", "ms_played", "sources")
    return rows.select(*columns, play_id="id_text")


@dataclass(frozen=True)
class _Heard:
    """Counted plays of the period (`counted`) and of all time, and what they add up to."""

    counted: ir.Table
    history: ir.Table
    tracks: ir.Table
    first: date | None
    last: date | None

    @cached_property
    def entries(self) -> ir.Table:
        """Tracks by catalogue entry."""
        return by_entry(self.counted, self.tracks)

    @cached_property
    def artists(self) -> ir.Table:
        """Artists of the period, with `is_new`: the first counted play ever lies in it."""
        history = self.history.mutate(inside=self._inside(self.history.local_date))
        parts = by_item(history, self.tracks, "artist", "inside")
        tallied = parts.group_by("item_id").agg(
            plays=parts.plays.sum(where=parts.inside).fill_null(0).cast("int64"),
            ms_played=parts.ms_played.sum(where=parts.inside).fill_null(0).cast("int64"),
            first_date=parts.first_date.min(),
        )
        played = tallied.filter(tallied.plays > 0)
        is_new = ibis.literal(True) if self.first is None else played.first_date >= self.first
        return played.select("item_id", "plays", "ms_played", name="item_id", is_new=is_new)

    def _inside(self, dates: ir.DateValue) -> ir.BooleanValue:
        inside = ibis.literal(True)
        if self.first is not None:
            inside &= dates >= self.first
        if self.last is not None:
            inside &= dates <= self.last
        return inside

    @cached_property
    def new_artists(self) -> ir.Table:
        return self.artists.filter(self.artists.is_new)

    @cached_property
    def albums(self) -> ir.Table:
        return named_items(by_item(self.counted, self.tracks, "album"), self.tracks, "album")

    @cached_property
    def days(self) -> ir.Table:
        """Days with counted plays, each from `from_date` to `to_date`."""
        days = per_day(self.counted)
        return days.mutate(from_date=days.local_date, to_date=days.local_date)

    @cached_property
    def streaks(self) -> ir.Table:
        """Stretches of days with counted plays without a gap, with their number of `days`."""
        return stretches(per_day(self.counted))

    @cached_property
    def sessions(self) -> ir.Table:
        counted = self.counted
        return counted.group_by("session_id").agg(
            plays=counted.count(),
            ms_played=counted.ms_played.sum().fill_null(0),
            started_at=counted.started_at.min(),
            from_date=counted.local_date.min(),
            to_date=counted.local_date.max(),
        )

    @cached_property
    def repeats(self) -> ir.Table:
        """The pairs of track and day with the most plays of all such pairs."""
        tallied = by_item(self.counted, self.tracks, "track", "local_date").rename(from_date="local_date")
        # Only the most played are named: there are nearly as many pairs as plays.
        most = tallied.agg(most=tallied.plays.max())
        best = tallied.join(most, tallied.plays == most.most).drop("most")
        return named_items(best.mutate(to_date=best.from_date), self.tracks, "track")

    def items(self, what: str) -> ir.Table:
        """Counted plays that name an item."""
        return items(self.counted, self.tracks, what, *self.counted.columns)


@dataclass(frozen=True)
class _Fact:
    """A fact: one row from what was heard, the unit of its value, and the report that tells more of it.

    `value` is the row's column that is said, `behind` the plays behind it, by what was heard and the row.
    """

    unit: str
    report: str
    value: str
    rows: Callable[[_Heard], ir.Table]
    behind: Callable[[_Heard, ir.Table], ir.Table]


def _added_up(rows: ir.Table) -> ir.Table:
    """One row: how many they are, and the sum of their plays and time."""
    return rows.agg(rows=rows.count(), plays=rows.plays.sum().fill_null(0), ms_played=rows.ms_played.sum().fill_null(0))


def _first(rows: ir.Table, largest: str, *ties: str) -> ir.Table:
    """The row with the largest value; of several the first by `ties`."""
    return rows.order_by(ibis.desc(largest), *ties).limit(1)


def _of(what: str) -> Callable[[_Heard, ir.Table], ir.Table]:
    """The plays of the item that the row is about."""
    return lambda heard, best: heard.items(what).semi_join(best.select(best="item_id"), [("item_id", "best")])


def _on_its_day(heard: _Heard, best: ir.Table) -> ir.Table:
    day = best.select(best="item_id", day="from_date")
    return heard.items("track").semi_join(day, [("item_id", "best"), ("local_date", "day")])


def _between(heard: _Heard, best: ir.Table) -> ir.Table:
    """The plays of the days that the row is about."""
    days = best.select(begins="from_date", ends="to_date")
    return heard.counted.join(days, [heard.counted.local_date >= days.begins, heard.counted.local_date <= days.ends])


def _of_new_artists(heard: _Heard, _: ir.Table) -> ir.Table:
    return heard.items("artist").semi_join(heard.new_artists.select(new="item_id"), [("item_id", "new")])


def _track(heard: _Heard) -> ir.Table:
    return _first(heard.entries, "plays", "name", "artist_name", "item_id")


def _session(heard: _Heard) -> ir.Table:
    return _first(heard.sessions, "ms_played", "started_at", "session_id")


def _of_session(heard: _Heard, best: ir.Table) -> ir.Table:
    return heard.counted.semi_join(best.select(best="session_id"), [("session_id", "best")])


def _discovery(heard: _Heard) -> ir.Table:
    return _first(heard.new_artists, "plays", "name")


def _repeat(heard: _Heard) -> ir.Table:
    return _first(heard.repeats, "plays", "from_date", "name", "artist_name", "item_id")


FACTS = {
    "time-listened": _Fact("ms", "overview", "ms_played", lambda h: _added_up(h.days), lambda h, _: h.counted),
    "tracks": _Fact("tracks", "top-tracks", "rows", lambda h: _added_up(h.entries), lambda h, _: h.items("track")),
    "artists": _Fact("artists", "top-artists", "rows", lambda h: _added_up(h.artists), lambda h, _: h.items("artist")),
    "new-artists": _Fact("artists", "first-plays", "rows", lambda h: _added_up(h.new_artists), _of_new_artists),
    "top-artist": _Fact("plays", "top-artists", "plays", lambda h: _first(h.artists, "plays", "name"), _of("artist")),
    "top-track": _Fact("plays", "top-tracks", "plays", _track, _of("track")),
    "top-album": _Fact("plays", "top-albums", "plays", lambda h: _first(h.albums, "plays", "name", "artist_name"), _of("album")),
    "favourite-discovery": _Fact("plays", "first-plays", "plays", _discovery, _of("artist")),
    "biggest-day": _Fact("ms", "records", "ms_played", lambda h: _first(h.days, "ms_played", "from_date"), _between),
    "longest-session": _Fact("ms", "sessions", "ms_played", _session, _of_session),
    "longest-streak": _Fact("days", "streaks", "days", lambda h: _first(h.streaks, "days", "from_date"), _between),
    "on-repeat": _Fact("plays", "records", "plays", _repeat, _on_its_day),
}  # fmt: skip


def _row(place: int, name: str, fact: _Fact, rows: ir.Table) -> ir.Table:
    """The row of a fact in the one shape of all; what it does not tell is null."""
    told = {
        column: rows[column].cast(kind) if column in rows.columns else ibis.null(kind) for column, kind in _TOLD.items()
    }
    return rows.select(
        place=ibis.literal(place, "int64"),
        fact=ibis.literal(name),
        value=rows[fact.value].cast("int64"),
        unit=ibis.literal(fact.unit),
        **told,
        report=ibis.literal(fact.report),
    )
