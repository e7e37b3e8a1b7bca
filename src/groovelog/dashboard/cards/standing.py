"""The card of the ranking: ten rows and more on request, each with its place in the period before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, listed
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks
from groovelog.dashboard.cards.clocks import Clocks
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import AT
from groovelog.dashboard.listed import Row
from groovelog.dashboard.periods import ALL_TIME, Period, before
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import tops, wording
from groovelog.dashboard.texts.tops import Place
from groovelog.dashboard.texts.wording import count, counted, duration
from groovelog.errors import NothingToTell
from groovelog.reports import Answer

STEPS = (10, 25, 50, 100)
SHOWN = "rows"
BY = {"Plays": "plays", "Time": "time", "Days": "days"}
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Kind:
    """What is ranked: its report, the columns of its name and its artist, and `what` it is to the reports of movement."""

    title: str
    one: str
    report: str
    name: str
    artist: str | None = None
    what: str | None = None
    of_artists: bool = False


KINDS = {
    kind.title: kind
    for kind in (
        Kind("Artists", "Artist", "top-artists", "artist_name", what="artist", of_artists=True),
        Kind("Tracks", "Track", "top-tracks", "track_name", "artist_name", what="track"),
        Kind("Albums", "Album", "top-albums", "album_name", "artist_name", what="album"),
        Kind("Recordings", "Recording", "top-recordings", "track_name", "artist_name", what="recording"),
        Kind("Credited", "Credited artist", "top-credited-artists", "artist_name", of_artists=True),
        Kind("Shows", "Show", "top-shows", "show_name"),
    )
}


def show(scene: Scene, asked: Asked, kind: Kind, measured: str) -> None:
    with frames.card("ranking", kind.title):
        _show(scene, asked, kind, measured)


def first_two(asked: Asked, kind: Kind, measured: str) -> list[Place]:
    """For sentences."""
    try:
        answer = asked.answer(kind.report, by=BY[measured], top=STEPS[-1])
    except NothingToTell:
        return []
    return _places(answer, kind, None)[:2]


def _show(scene: Scene, asked: Asked, kind: Kind, measured: str) -> None:
    answer = asked.answer(kind.report, by=BY[measured], top=STEPS[-1])
    then = _then(asked)
    places = _places(answer, kind, None if then is None else _ranks(asked, kind, measured, then))
    known = then is not None and any(place.before for place in places)
    if not known:
        places = _places(answer, kind, None)
    against = None
    if known and then is not None:
        against = "a year ago" if asked.period.kind == ALL_TIME else wording.period_name(then)
    whole = answer.basis.counted_plays if measured == "Plays" else None
    head = components.figure_head(
        tops.ranking_title(places, measured, whole), tops.ranking_sub(kind.title, measured, against)
    )
    st.html(head if places else head + components.note(f"No {kind.one.lower()} has a counted play in this period."))
    shown = _shown(len(places))
    # The mark is of whoever made the music; shows have none.
    drawn: Clocks = {} if kind.what is None and not kind.of_artists else clocks.of_artists(asked)
    with st.container(key="ranks", gap=None):
        _rows(scene, kind, places[:shown], measured, drawn)
    if shown < min(len(places), STEPS[-1]):
        st.button(tops.MORE, key="more", icon=":material/expand_more:", on_click=_more, args=(shown,))
    if any((place.artist or place.name) in drawn for place in places[:shown]):
        st.html(components.note(tops.MARKS))
    frames.foot(wording.basis(answer), explanation("ranking", answer))
    if places:
        frames.numbers(kind.report, *_numbers(kind, places), answer)


def _rows(scene: Scene, kind: Kind, places: Sequence[Place], measured: str, known: Clocks) -> None:
    most = tops.amount(places[0], measured) if places else 1
    led = len(places) > 1 and tops.amount(places[1], measured) < most
    for place in places:
        row = listed.ranked(
            Row(
                place.rank,
                place.name,
                place.artist,
                clocks.mark(known, place.artist or place.name),
                tops.amount(place, measured) / most if most else 0,
                _amounts(place, measured),
                tops.movement(place),
                marked=led and place.rank == 1,
            )
        )
        view, query = _behind(kind, place)
        if view in scene.pages:
            with st.container(key=f"ranked-{place.rank}", gap=None):
                st.html(row)
                scene.link(view, f"Open {query.get('name', place.name)}", **query, **_when())
        else:
            st.html(row)


def _behind(kind: Kind, place: Place) -> tuple[str, dict[str, str]]:
    """The page that a row leads to, and what it is about; an album leads to its artist."""
    if place.name == wording.UNNAMED:
        return "", {}
    if kind.what in {"track", "recording"}:
        return "track", {"id": place.track or place.name, **({"artist": place.artist} if place.artist else {})}
    artist = place.name if kind.of_artists else place.artist
    return ("artist", {"name": artist}) if artist else ("", {})


def _when() -> dict[str, str]:
    """The year, month or week that is looked at, to be taken along."""
    return {AT: st.query_params[AT]} if AT in st.query_params else {}


def _amounts(place: Place, measured: str) -> tuple[str, ...]:
    """What it was ranked by comes first."""
    told = {
        "Plays": counted(place.plays, "play", "plays"),
        "Time": duration(place.ms_played),
        "Days": None if place.days is None else counted(place.days, "day", "days"),
    }
    return tuple(words for words in (told.pop(measured), *told.values()) if words)


def _then(asked: Asked) -> Period | None:
    """The period that places are held against; of the whole record, the one that ended a year before its end."""
    record = asked.ever("overview")
    if record.from_date is None or record.to_date is None:
        return None
    if asked.period.kind == ALL_TIME:
        then = Period(ALL_TIME, record.from_date, record.to_date - YEAR)
    else:
        earlier = before(asked.period)
        if earlier is None:
            return None
        then = earlier
    return then if then.last is not None and then.last >= record.from_date else None


def _ranks(asked: Asked, kind: Kind, measured: str, then: Period) -> dict[tuple[str, str], int]:
    """The place then of everything that was played; of equal names the better."""
    try:
        answer = asked.answer(kind.report, by=BY[measured], from_date=then.first, to_date=then.last)
    except NothingToTell:
        return {}
    columns = [answer.rows[name].to_pylist() for name in (kind.name, kind.artist or kind.name, "rank")]
    ranks: dict[tuple[str, str], int] = {}
    for name, artist, rank in zip(*columns, strict=True):
        ranks.setdefault((name or wording.UNNAMED, (artist or "") if kind.artist else ""), rank)
    return ranks


def _places(answer: Answer, kind: Kind, ranks: dict[tuple[str, str], int] | None) -> list[Place]:
    places = []
    for row in answer.values():
        name, artist = row[kind.name] or wording.UNNAMED, (row[kind.artist] or "") if kind.artist else ""
        then = None if ranks is None else ranks.get((name, artist), 0)
        places.append(
            Place(
                row["rank"],
                name,
                artist,
                row["plays"],
                row["ms_played"],
                row.get("days"),
                then,
                row.get("recording_id") or "",
            )
        )
    return places


def _numbers(kind: Kind, places: Sequence[Place]) -> tuple[Sequence[str], list[Any]]:
    days = places[0].days is not None
    header = (kind.one, *(("Artist",) if kind.artist else ()), "Plays", "Time", *(("Days",) if days else ()))
    rows = [
        (
            place.name,
            *((place.artist,) if kind.artist else ()),
            count(place.plays),
            duration(place.ms_played),
            *((count(place.days),) if place.days is not None else ()),
        )
        for place in places
    ]
    return header, rows


def _shown(places: int) -> int:
    asked = st.query_params.get(SHOWN, "")
    return min(int(asked) if asked.isdecimal() and int(asked) in STEPS else STEPS[0], places)


def _more(shown: int) -> None:
    st.query_params[SHOWN] = str(next(step for step in STEPS if step > shown))
