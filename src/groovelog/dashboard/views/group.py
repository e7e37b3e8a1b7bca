"""The group: who agreed to share, how alike they are, what several love, who heard it first, and leaderboards."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog import access
from groovelog.dashboard import components, frames, group_parts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import links
from groovelog.dashboard.charts import group as charts
from groovelog.dashboard.components import Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.group_parts import First, Sharing
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.group import Pair
from groovelog.dashboard.texts.wording import NB, count, counted, day, duration
from groovelog.dashboard.theme import SLEEVES
from groovelog.errors import GroovelogError
from groovelog.lake.people import consents_since
from groovelog.model import Listener

SHOWN = 8
LINKED = 4
IN_NUMBERS = 50


@dataclass(frozen=True)
class Group:
    """What the cards share; `others` are those of whom `asked`'s listener may be told anything, with what and since when."""

    asked: Asked
    scene: Scene
    others: Mapping[str, tuple[str, date | None]]
    own: str

    @property
    def compares(self) -> bool:
        """Whether somebody shows enough for tastes to be compared."""
        return any(shares == access.ALL for shares, _ in self.others.values())

    def board(self, by: str = "plays") -> list[dict[str, Any]]:
        return self.asked.rows("leaderboard", by=by)

    def pairs(self) -> list[Pair]:
        """Every two, the closest first; without a number where one of them has too few plays."""
        plays = {row["listener"]: row["plays"] for row in self.board()}
        return [
            Pair(
                row["listener"], row["other"],
                row["compatibility"] if min(plays[row["listener"]], plays[row["other"]]) >= texts.ENOUGH_PLAYS else None,
                row["common_artists"], row["common_tracks"], row["artist_jaccard"] or 0.0,
            )
            for row in self.asked.rows("compatibility")
        ]  # fmt: skip

    def hours(self) -> dict[str, list[float]]:
        """For each listener the plays of the 24 hours."""
        found: dict[str, list[float]] = {}
        for row in self.asked.rows("group-hours"):
            found.setdefault(row["listener"], [0.0] * 24)[row["hour"]] = row["plays"]
        return found


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    person = asked.choice.listener
    said = consents_since(scene.snapshot)
    others = {other.name: _said(said, other, asked.choice.zone) for other in _others(scene, person, said)}
    own = said.get(person.listener_id, (access.NOTHING, None))[0]
    group = Group(asked, scene, others, own)
    if not others:
        _nobody(scene, person)
        return
    _head(group)
    _who_shares(group)
    if group.compares:
        _closest(group)
        left, right = st.columns(2, gap="small")
        with left, frames.card("favourites", "Shared favourites", height="stretch"):
            _favourites(group)
        with right, frames.card("firsts", "Who heard it first", height="stretch"):
            _firsts(group)
    else:
        with st.container(key="card-needs-all"):
            st.html(components.figure_head("Compatibility") + components.note(texts.NEEDS_ALL))
            scene.link("settings", "Settings", icon=":material/settings:")
    with frames.card("board", "Leaderboard"):
        _board(group)


def _others(scene: Scene, person: Listener, said: Mapping[str, tuple[str, Any]]) -> list[Listener]:
    """As reports take them: the others of the same kind that show at least totals, and have plays."""
    words = {listener_id: shares for listener_id, (shares, _) in said.items()}
    return [
        other
        for other in scene.people
        if other.listener_id != person.listener_id
        and other.invented == person.invented
        and access.shows(words, other, access.TOTALS)
    ]


def _said(said: Mapping[str, tuple[str, Any]], person: Listener, zone: str) -> tuple[str, date | None]:
    """What the person shows, and since which day of whoever looks."""
    shares, since = said[person.listener_id]
    local = None if since is None else since.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).date()
    return shares, local


def _nobody(scene: Scene, person: Listener) -> None:
    alone = len(scene.listening) < 2
    st.html(components.page_head("Group", texts.nobody(person.name), texts.ALONE if alone else texts.NOBODY_LEAD))
    with st.container(key="card-how"):
        st.html(components.figure_head(texts.HOW) + components.numbered(texts.HOW_STEPS))
        scene.link("settings", "Settings", icon=":material/settings:")


def _head(group: Group) -> None:
    members = len(group.others) + 1
    kicker = f"{counted(members, 'member', 'members')} · {wording.period_name(group.asked.period)}"
    title = texts.headline([], members)
    if group.compares:
        with suppress(GroovelogError):  # the card below tells what is wrong
            title = texts.headline(group.pairs(), members)
    st.html(components.page_head(kicker, title))


def _who_shares(group: Group) -> None:
    with st.container(key="card-sharing"):
        rows = [Sharing(name, texts.shown(shares, since)) for name, (shares, since) in group.others.items()]
        st.html(components.figure_head(texts.SHARE_TITLE, texts.SHARE_SUB) + group_parts.sharing(rows))
        st.html(components.note(texts.own(group.own)))
        group.scene.link("settings", "Change what you show", icon=":material/settings:")


def _closest(group: Group) -> None:
    left, right = st.columns([6, 5], gap="small")
    with left, frames.card("triangle", "Compatibility", height="stretch"):
        _triangle(group)
    with right, frames.card("pairs", "Closest pairs", height="stretch"):
        _pairs(group)


def _triangle(group: Group) -> None:
    answer = group.asked.answer("compatibility")
    pairs = group.pairs()
    title = texts.triangle_title(pairs)
    people = list(
        dict.fromkeys(
            [group.asked.choice.listener.name, *sorted({p for pair in pairs for p in (pair.one, pair.other)})]
        )
    )
    closest = texts.leading(pairs)
    st.html(components.figure_head(title, texts.TRIANGLE_SUB))
    frames.plot(
        lambda scheme: charts.triangle(
            people, {frozenset((pair.one, pair.other)): pair.score for pair in pairs},
            frozenset((closest.one, closest.other)) if closest else None, scheme,
        ),
        key="triangle", height=charts.height(people), alt=f"Triangle of numbers, one for each pair. {title}.",
    )  # fmt: skip
    frames.foot(f"{texts.triangle_note(pairs)}, {wording.basis(answer)}", explanation("triangle", answer))
    frames.numbers(
        "compatibility",
        ("Pair", "Of 100", "Artists in common", "Tracks in common", "Artists alike", "Tracks alike", "Sound alike"),
        [
            (
                f"{row['listener']} and {row['other']}", "" if pair.score is None else str(pair.score),
                count(row["common_artists"]), count(row["common_tracks"]), f"{row['artist_affinity']:.2f}",
                f"{row['track_affinity']:.2f}", "" if row["audio_similarity"] is None else f"{row['audio_similarity']:.2f}",
            )
            for row, pair in zip(answer.rows.to_pylist(), pairs, strict=True)
        ],
        answer,
    )  # fmt: skip


def _pairs(group: Group) -> None:
    hours = group.hours()
    answer = group.asked.answer("group-hours")
    told = [pair for pair in group.pairs() if pair.score is not None][: texts.PAIRS_SHOWN]
    st.html(components.figure_head("Closest pairs", "Rays are the hours in which each listens, midnight on top"))
    if not told:
        st.html(components.note(texts.triangle_title(group.pairs())))
    for colour, pair in zip(islice(cycle(list(SLEEVES)[1:]), len(told)), told, strict=True):
        prints = [hours.get(name, [0.0] * 24) for name in (pair.one, pair.other)]
        st.html(group_parts.pair(colour, f"{pair.one} and {pair.other}", texts.pair_why(pair), pair.score or 0, prints))
    frames.foot(wording.basis(answer), explanation("pairs", answer))


def _favourites(group: Group) -> None:
    head = st.container()
    what = _chosen("Favourites", texts.KINDS, "favourites")
    answer = group.asked.answer("shared-favourites", what=what, top=IN_NUMBERS)
    rows = answer.rows.to_pylist()
    names = [row["name"] or wording.UNNAMED for row in rows]
    title = texts.favourites_title(names, [row["listeners"] for row in rows], len(answer.beside) + 1)
    head.html(components.figure_head(title, texts.FAVOURITES_SUB))
    most = max((row["least_share"] for row in rows[:SHOWN]), default=1) or 1
    st.html(
        components.ranking(
            [
                Ranked(
                    row["rank"], name, _by(row, f"{row['listeners']}{NB}listeners, most by {row['fan']}"),
                    row["artist_name"] or name, row["least_share"] / most, counted(row["plays"], "play", "plays"),
                    f"{_small_percent(row['least_share'])} or more",
                )
                for name, row in zip(names[:SHOWN], rows, strict=False)
            ],
            first_marked=True,
        )
    )  # fmt: skip
    if what == "artist":
        links.artists(group.scene, names[:LINKED])
    frames.foot(f"{wording.basis(answer)}; share of each one's plays", explanation("favourites", answer))
    frames.numbers(
        "shared-favourites",
        ("Name", "Artist", "Listeners", "Plays", "Least share", "Most by"),
        [
            (
                name,
                row["artist_name"] or "",
                count(row["listeners"]),
                count(row["plays"]),
                _small_percent(row["least_share"]),
                row["fan"],
            )
            for name, row in zip(names, rows, strict=True)
        ],
        answer,
    )


def _firsts(group: Group) -> None:
    head = st.container()
    what = _chosen("Heard first", texts.KINDS, "firsts")
    answer = group.asked.answer("who-heard-first", what=what, top=IN_NUMBERS)
    rows = answer.rows.to_pylist()
    head.html(components.figure_head(texts.first_title([row["first_listener"] for row in rows]), texts.FIRST_SUB))
    st.html(
        group_parts.firsts(
            [
                First(
                    row["name"] or wording.UNNAMED, row["artist_name"] or "",
                    f"{row['first_listener']}, {day(row['first_played'])}",
                    texts.later(row["next_listener"], row["days_later"]),
                )
                for row in rows[:SHOWN]
            ]
        )
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("firsts", answer))
    frames.numbers(
        "who-heard-first",
        ("Name", "Artist", "First", "On", "Then", "On the", "Days later"),
        [
            (
                row["name"] or wording.UNNAMED, row["artist_name"] or "", row["first_listener"], day(row["first_played"]),
                row["next_listener"], day(row["next_played"]), count(row["days_later"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def _board(group: Group) -> None:
    head = st.container()
    by = _chosen("Leaderboard by", texts.BY, "board")
    answer = group.asked.answer("leaderboard", by=by)
    rows = answer.rows.to_pylist()
    column = {"plays": "plays", "time": "ms_played", "days": "days_with_plays"}[by]
    title = texts.board_title(
        [(row["listener"], row[column]) for row in rows], by, _amount(rows[0], by) if rows else ""
    )
    head.html(components.figure_head(title, texts.BOARD_SUB[by]))
    most = max((row[column] for row in rows), default=1) or 1
    st.html(
        components.ranking(
            [
                Ranked(
                    row["rank"], row["listener"],
                    f"{counted(row['artists'], 'artist', 'artists')}, {count(row['new_artists'])} new · "
                    f"{counted(row['tracks'], 'track', 'tracks')}",
                    row["listener"], row[column] / most, _amount(row, by), _beside(row, by),
                )
                for row in rows
            ],
            first_marked=len(rows) == 1 or rows[0][column] > rows[1][column] if rows else False,
        )
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("board", answer))
    frames.numbers(
        "leaderboard",
        ("Listener", "Plays", "Time", "Days", "Sessions", "Artists", "New artists", "Tracks"),
        [
            (
                row["listener"], count(row["plays"]), duration(row["ms_played"]), count(row["days_with_plays"]),
                count(row["sessions"]), count(row["artists"]), count(row["new_artists"]), count(row["tracks"]),
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def _chosen(label: str, options: Mapping[str, str], key: str) -> str:
    """A choice kept in the address by its word."""
    by_word = {word: name for name, word in options.items()}
    words = list(by_word)
    default = None if key in st.session_state else words[0]
    word = st.segmented_control(
        label, words, default=default, required=True, key=key, bind=BOUND, label_visibility="collapsed", wrap=False
    )
    return by_word[word or words[0]]


def _amount(row: Mapping[str, Any], by: str) -> str:
    if by == "time":
        return duration(row["ms_played"])
    if by == "days":
        return counted(row["days_with_plays"], "day", "days")
    return counted(row["plays"], "play", "plays")


def _beside(row: Mapping[str, Any], by: str) -> str:
    return counted(row["plays"], "play", "plays") if by == "time" else duration(row["ms_played"])


def _by(row: Mapping[str, Any], words: str) -> str:
    return f"{row['artist_name']} · {words}" if row["artist_name"] else words


def _small_percent(share: float) -> str:
    return f"{100 * share:.1f}{NB}%" if share >= 0.001 else f"under{NB}0.1{NB}%"
