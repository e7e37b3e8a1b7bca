"""The card of what playlists have in common: a triangle of all pairs, or, of many playlists, a list of the most alike."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import lists
from groovelog.dashboard.cards.playlist_rows import health
from groovelog.dashboard.explanations import explanation_of_rows
from groovelog.dashboard.texts import playlists, wording
from groovelog.dashboard.texts.wording import count, counted, percent
from groovelog.dashboard.theme import SEQUENTIAL

Row = Mapping[str, Any]

MOST_IN_TRIANGLE = 12
PAIRS = 12
STEPS = len(SEQUENTIAL["light"])


def show(asked: Asked) -> None:
    answer = asked.ever("playlist-overlap", timezone=None, count=None)
    rows = answer.values()
    known = [
        (row["playlist_id"], row["playlist_name"] or wording.UNNAMED)
        for row in sorted(health(asked).values(), key=lambda row: (row["playlist_name"] or "", row["playlist_id"]))
    ]
    small = len(known) <= MOST_IN_TRIANGLE
    legend = components.scale_legend(playlists.NOTHING, playlists.SAME) if small and rows else ""
    sub = playlists.OVERLAP_SUB if small else playlists.PAIRS_SUB
    st.html(components.figure_head(playlists.overlap_title(rows), sub if rows else "", legend))
    if rows:
        st.html(triangle(known, rows) if small else lists.named([_pair(row) for row in rows[:PAIRS]], wide=True))
    frames.foot(f"{counted(len(known), 'playlist', 'playlists')} compared", explanation_of_rows("overlap", answer))
    if rows:
        frames.numbers(
            "playlist-overlap",
            ("Playlist", "Other", "Tracks", "Tracks of the other", "In both", "Of either"),
            [
                (
                    row["playlist_name"] or wording.UNNAMED, row["other_playlist"] or wording.UNNAMED, count(row["tracks"]),
                    count(row["other_tracks"]), count(row["common"]), percent(row["jaccard"], 1),
                )
                for row in rows
            ],
            answer,
        )  # fmt: skip


def triangle(known: Sequence[tuple[str, str]], rows: Sequence[Row]) -> str:
    """A table of all pairs; `known` are id and name of the playlists. A column is a row's number."""
    pairs = {frozenset((row["playlist_id"], row["other_playlist_id"])): row for row in rows}
    most = max(pairs.values(), key=lambda row: row["jaccard"])
    heads = "".join(f'<th scope="col">{place}</th>' for place in range(1, len(known)))
    lines = []
    for at, (own, name) in enumerate(known):
        cells = "".join(_cell(pairs.get(frozenset((own, other))), most) for other, _ in known[:at])
        lines.append(
            f'<tr><th scope="row"><div><span>{at + 1}</span><span>{escape(name)}</span></div></th>{cells}</tr>'
        )
    return (
        f'<div class="triangle" tabindex="0"><table><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(pair: Row | None, most: Row) -> str:
    if pair is None:
        return '<td class="none">0</td>'
    step = min(int(pair["jaccard"] * STEPS), STEPS - 1)
    marked = " most" if pair is most else ""
    return f'<td class="step-{step}{marked}" style="background:var(--step-{step})">{count(pair["common"])}</td>'


def _pair(row: Row) -> tuple[str, str, str, str]:
    name, other = row["playlist_name"] or wording.UNNAMED, row["other_playlist"] or wording.UNNAMED
    common = f"{counted(row['common'], 'track', 'tracks')} in both, {percent(row['jaccard'], 1)} of either"
    return f"{name} and {other}", name, common, f"{count(row['tracks'])} and {count(row['other_tracks'])} tracks"
