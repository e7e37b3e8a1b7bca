"""What is behind one artist, who is named in the address: plays, hours of the day, months, tracks."""

import streamlit as st

from groovelog.dashboard import components, frames, prints
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, of_one
from groovelog.dashboard.cards.plays import to_track
from groovelog.dashboard.components import Fact, Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import behind as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, counted, duration

SHOWN, IN_NUMBERS = 10, 50
OFFERED = 12


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    name = st.query_params.get("name", "")
    if not name:
        _choose(scene, asked)
        return
    told = of_one.totals(asked, artist=name)
    of_one.head(asked, "Artist", name, told)
    if told is None:
        return
    with frames.card("facts-of-one", "Plays"):
        more = (Fact("Works", count(told["tracks"]), texts.works(told["tracks"], told["albums"])),)
        of_one.facts(asked, told, more, artist=name)
    left, right = st.columns([5, 7], gap="small")
    with left, frames.framed(f"story-{prints.sleeve_of(name)}-clock", "Hours of the day", height="stretch"):
        _clock(asked, name)
    with right, frames.card("plays-by-month", "Months", height="stretch"):
        of_one.months(asked, artist=name)
    with frames.card("tracks-of-one", "Tracks"):
        _tracks(scene, asked, name)


def _choose(scene: Scene, asked: Asked) -> None:
    of_one.choose(texts.NO_ARTIST)
    with frames.card("choose", "Artists"), st.container(horizontal=True, key="offered"):
        for row in asked.rows("top-artists", top=OFFERED):
            scene.link("artist", row["artist_name"], name=row["artist_name"])


def _clock(asked: Asked, name: str) -> None:
    answer = asked.answer("heatmap", artist=name)
    hours = clocks.plays_by_hour(answer.values())
    foot = components.explain(explanation("clock", answer))
    shares = clocks.of_artist(asked, name)
    picture = components.clock(shares, texts.clock(hours), texts.ARTIST_CLOCK)
    st.html(components.story("Hours of the day", wording.Headline(texts.clock(hours)), "", foot=foot, picture=picture))


def _tracks(scene: Scene, asked: Asked, name: str) -> None:
    answer = asked.answer("top-tracks", artist=name, top=IN_NUMBERS)
    rows = [{**row, "track_name": row["track_name"] or wording.UNNAMED} for row in answer.values()]
    st.html(components.figure_head(texts.tracks(rows[0]["track_name"], rows[0]["plays"], len(rows)), texts.TRACKS_SUB))
    for place, row in enumerate(rows[:SHOWN]):
        title, plays = row["track_name"], counted(row["plays"], "play", "plays")
        ranked = Ranked(
            row["rank"], title, "", title, row["plays"] / rows[0]["plays"], plays, duration(row["ms_played"])
        )
        with st.container(key=f"play-of-one-{place}"):
            st.html(components.ranking([ranked], first_marked=False))
            to_track(scene, title, name)
    frames.foot(wording.basis(answer), explanation("tracks-of-one", answer))
    numbers = [(row["track_name"], count(row["plays"]), duration(row["ms_played"])) for row in rows]
    frames.numbers("tracks-of-one", ("Track", "Plays", "Time"), numbers, answer)
