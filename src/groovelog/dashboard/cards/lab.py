"""The cards of the playlist lab: what is wished, the curves, the new order, what changes, and where it can go."""

from collections.abc import Sequence

import streamlit as st

from groovelog.dashboard import components, downloads, frames, lab, served
from groovelog.dashboard.cards.playlist_rows import CHOSEN, choose
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.charts import lab as charts
from groovelog.dashboard.receipts import Reason, reasons
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import lab as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, counted, rounded
from groovelog.model import Listener
from groovelog.recommend.playlists import told
from groovelog.recommend.playlists.library import Playlist
from groovelog.recommend.playlists.proposal import Proposal, Wish

TOLD = "lab-told"
SHARES = (None, *(step / 10 for step in range(11)))
MOST_CHANGES = 20


def chosen(known: Sequence[Playlist]) -> Playlist:
    """The playlist that the address asks for, else the first."""
    asked = st.query_params.get(CHOSEN, "")
    return next((one for one in known if one.playlist_id == asked), known[0])


def ask(known: Sequence[Playlist], at: Playlist) -> Wish:
    """The controls, and what they wish."""
    st.html(components.figure_head(texts.ASK_TITLE, texts.ASK_SUB))
    names = {one.playlist_id: one for one in known}
    st.session_state["lab-playlist"] = at.playlist_id
    left, right = st.columns(2, gap="small")
    left.selectbox(
        texts.CHOOSE, list(names), format_func=lambda own: _label(names[own], known), key="lab-playlist",
        on_change=lambda: choose(st.session_state["lab-playlist"]),
    )  # fmt: skip
    arc = right.segmented_control(
        texts.ARC, list(texts.ARCS), default="flat", required=True, key="lab-arc", format_func=texts.ARCS.__getitem__
    )
    acoustic = left.selectbox(
        texts.BALANCE, SHARES, key="lab-acoustic",
        format_func=lambda share: texts.AS_IT_IS if share is None else wording.percent(share, 1),
    )  # fmt: skip
    aim = right.segmented_control(
        texts.AIM, [texts.OWN, texts.ENERGY, texts.MOOD], default=texts.OWN, required=True, key="lab-aim"
    )
    number = left.slider(texts.CHANGES, 0, MOST_CHANGES, 0, key="lab-number")
    value = None
    if aim in texts.HOW_MUCH:
        value = right.slider(texts.HOW_MUCH[aim], 0.0, 1.0, 0.5, 0.05, key=f"lab-{aim}")
    return Wish(
        arc or "flat", acoustic, energy=value if aim == texts.ENERGY else None, mood=value if aim == texts.MOOD else None,
        add=number or None, drop=number or None,
    )  # fmt: skip


def show_curves(proposal: Proposal) -> None:
    before, after = proposal.curves
    title = texts.curves_title(proposal)
    shades = {texts.BEFORE: "var(--rest)", texts.AFTER: "var(--series)", texts.WANTED: components.DOTTED}
    st.html(components.figure_head(title, texts.CURVES_SUB, components.colour_legend(texts.legend(shades))))
    frames.plot(
        lambda scheme: frames.once(charts.curves, before, after, scheme),
        key="lab-curves",
        height=charts.HEIGHT,
        alt=f"Energy, tempo and key over the order, before and after. {title}.",
    )
    notes = (told.kept_places(proposal), texts.KEY_NOTE, told.verdict(proposal))
    st.html(components.facts(texts.facts(proposal)) + "".join(components.note(note) for note in notes if note))


def show_order(proposal: Proposal) -> None:
    st.html(components.figure_head(texts.ORDER_TITLE, texts.moved(proposal)))
    _, points = proposal.curves
    rows = [
        (
            str(placed.song), count(point.place), "new" if placed.was is None else count(placed.was),
            "" if point.energy is None else rounded(point.energy, 2), "" if point.tempo is None else rounded(point.tempo),
            point.camelot or "",
        )
        for placed, point in zip(proposal.after, points, strict=True)
    ]  # fmt: skip
    st.html(components.table(texts.ORDER_HEADER, rows[: frames.MOST_ROWS]))
    if len(rows) > frames.MOST_ROWS:
        st.html(components.note(wording.more_rows(frames.MOST_ROWS, len(rows))))
    with st.container(horizontal=True):
        downloads.csv(lambda: told.csv(proposal), "groovelog-playlist.csv", key="csv-lab")
        downloads.m3u(
            lambda: told.m3u(texts.new_name(proposal), proposal.songs), "groovelog-playlist.m3u8", key="m3u-lab"
        )


def show_changes(proposal: Proposal) -> None:
    rows = [
        *(Reason(str(one.song), "; ".join(one.reasons), f"drop number {one.place}") for one in proposal.dropped),
        *(Reason(str(one.song), "; ".join(one.reasons), "add") for one in proposal.added),
        *(
            Reason(str(one.into), "; ".join(one.reasons), f"for number {one.place}, {one.out}")
            for one in proposal.swapped
        ),
    ]
    st.html(
        components.figure_head(texts.CHANGES_TITLE, texts.acoustic(proposal))
        + (reasons(rows) if rows else components.note(texts.CHANGES_NONE))
    )


def show_writing(scene: Scene, person: Listener, proposal: Proposal) -> None:
    st.html(components.figure_head(texts.WRITE_TITLE, texts.NEW_ALONE))
    outcome: Outcome | None = st.session_state.pop(TOLD, None)
    if outcome is not None:
        said = components.breakable(outcome.words)
        st.html(f'<p class="done" role="status">{said}</p>' if outcome.done else components.failure(outcome.words))
    if trouble := lab.why_not(served.home(), person):
        st.html(components.note(trouble))
        scene.link("connect", texts.TO_CONNECT, icon=":material/link:")
        return
    words = f"{texts.WRITE}: {counted(len(proposal.uris), 'track', 'tracks')}"
    if st.button(words, type="primary", key="lab-write", icon=":material/playlist_add:", disabled=not proposal.uris):
        with st.spinner(texts.WRITING):
            st.session_state[TOLD] = lab.write(served.home(), person, texts.new_name(proposal), proposal.uris)
        st.rerun()


def _label(one: Playlist, known: Sequence[Playlist]) -> str:
    """Its name, and where several are so called how many entries it has."""
    name = one.name or wording.UNNAMED
    alike = sum(other.name == one.name for other in known) > 1
    return f"{name}, {counted(one.entries, 'entry', 'entries')}" if alike else name
