"""What is behind one track, which the address names by URI, recording or title, and its artist."""

from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, of_one, plays
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import behind as texts
from groovelog.dashboard.texts import wording
from groovelog.errors import NothingToTell

LATEST = 10
OFFERED = 12


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    track, artist = st.query_params.get("id", ""), st.query_params.get("artist") or None
    if not track:
        _choose(scene, asked)
        return
    one = {"track": track, "artist": artist}
    told = of_one.totals(asked, **one)
    latest = _latest(asked, one)
    named: dict[str, Any] = latest[0] if latest else {}
    # What was asked for by its title keeps that title, whatever its latest play calls it.
    title = named.get("track_name") or track if track.startswith("spotify:") else track
    of_one.head(asked, named.get("album_name") or "Track", title, told)
    if named.get("artist_name"):
        scene.link("artist", named["artist_name"], icon=":material/artist:", name=named["artist_name"])
    if told is None:
        return
    with frames.card("facts-of-one", "Plays"):
        of_one.facts(asked, told, _skips(asked, one), **one)
    with frames.card("plays-by-month", "Months"):
        of_one.months(asked, **one)
    with frames.card("plays-of-one", "Latest plays"):
        _plays(asked, one)


def _choose(scene: Scene, asked: Asked) -> None:
    of_one.choose(texts.NO_TRACK)
    with frames.card("choose", "Tracks"), st.container(horizontal=True, key="offered"):
        for row in asked.rows("top-tracks", top=OFFERED):
            if row["track_name"]:
                query = {"id": row["track_name"], **({"artist": row["artist_name"]} if row["artist_name"] else {})}
                scene.link("track", row["track_name"], **query)


def _latest(asked: Asked, one: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        return asked.rows("recent-plays", kind="track", top=LATEST, **one)
    except NothingToTell:
        return []


def _skips(asked: Asked, one: dict[str, Any]) -> tuple[Fact, ...]:
    rows = asked.rows("skips", what="hour", count="all", **one)
    skips, known = (sum(row[name] for row in rows) for name in ("skips", "plays"))
    return (Fact("Skipped", *texts.skipped(skips, known)),)


def _plays(asked: Asked, one: dict[str, Any]) -> None:
    answer = asked.answer("recent-plays", kind="track", top=LATEST, **one)
    rows = answer.values()
    st.html(components.figure_head(texts.latest(len(rows), answer.basis.plays), texts.PLAYS_SUB))
    name = next((row["artist_name"] for row in rows if row["artist_name"]), rows[0]["track_name"] or wording.UNNAMED)
    mark = clocks.mark(clocks.of_artists(asked), name)
    st.html("".join(components.played(plays.by_day(row, mark)) for row in rows))
    said = texts.told_by([row["sources"] for row in rows])
    frames.foot(" · ".join(filter(None, (said, wording.basis(answer)))), explanation("plays-of-one", answer))
