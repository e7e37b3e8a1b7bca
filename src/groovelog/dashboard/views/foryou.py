"""For you: what to hear next and why, for a moment and as new as one likes; and what the listener says of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import changes, components, filters, frames, served, viewing
from groovelog.dashboard.changes import Outcome
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.filters import BOUND, Choice
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import foryou as texts
from groovelog.dashboard.texts import wording
from groovelog.lake import feedback
from groovelog.lake.feedback import DOWN, LATER, NONE, UP
from groovelog.pipeline import recommending
from groovelog.recommend.suggestions import Suggestion, Suggestions, Wanted

SHOWN = 12
MOST_KEPT = 60  # answers, of all visits
FRESH_S = 600  # so long "now" is now
TOLD = "foryou-told"
VERDICTS = ((UP, ":material/thumb_up:"), (DOWN, ":material/thumb_down:"), (LATER, ":material/bookmark:"))


def show(scene: Scene) -> None:
    with st.container(horizontal=True, key="filters", vertical_alignment="center"):
        choice = filters.choose(scene.listening)
    st.html(components.page_head("For you", texts.HEAD, texts.LEAD))
    wanted = _wanted()
    said = feedback.said(scene.snapshot.connection, choice.listener.listener_id)
    with frames.card("suggestions", texts.SUGGESTIONS):
        told = _suggested(scene, choice, wanted)
        st.html(components.figure_head(texts.title(told), texts.sub(told, ZoneInfo(choice.zone))))
        _told()
        for place, suggestion in enumerate(told.suggestions, 1):
            _row(scene, choice, told.context, place, suggestion, said.get(suggestion.key))
        for note in told.notes:
            st.html(components.note(note))
        frames.foot(told.why, Explanation("suggestions", texts.DEFINITION, texts.lines(told)))
    with frames.card("playlist", texts.PLAYLIST):
        _playlist(told)
    with frames.card("later", texts.LATER_TITLE):
        _later(scene, choice, said)


def _wanted() -> Wanted:
    with st.container(horizontal=True, key="moment", vertical_alignment="bottom"):
        context = st.segmented_control(
            texts.MOMENT, list(texts.CONTEXTS), default="now", format_func=texts.CONTEXTS.__getitem__, required=True,
            key="context", bind=BOUND,
        )  # fmt: skip
        newness = st.select_slider(texts.NOVELTY, list(texts.NEWNESS), value=texts.USUAL, key="novelty", bind=BOUND, width=320)
    return Wanted(context=context or "now", novelty=texts.NEWNESS.get(newness, texts.NEWNESS[texts.USUAL]), n=SHOWN)


def _suggested(scene: Scene, choice: Choice, wanted: Wanted) -> Suggestions:
    looks = scene.viewer.listener_id, choice.listener.listener_id, scene.snapshot.lake, scene.snapshot.run_id
    return _asked(scene, choice.listener.name, wanted, looks)


# By who looks, at whom, and the published state: nobody is told another's, or what has changed since.
@st.cache_data(max_entries=MOST_KEPT, ttl=FRESH_S, show_spinner=texts.LOOKING)
def _asked(_scene: Scene, name: str, wanted: Wanted, looks: tuple[object, ...]) -> Suggestions:
    return recommending.recommend(
        served.home(), _scene.snapshot, _scene.viewer, name, wanted, datetime.now(UTC)
    )


def _row(scene: Scene, choice: Choice, context: str, place: int, suggestion: Suggestion, said: str | None) -> None:
    with st.container(key=f"suggestion-{place}", horizontal=True, vertical_alignment="center"):
        st.html(texts.suggestion(place, suggestion))
        with st.container(key=f"say-{place}", horizontal=True, width="content", gap="small"):
            for verdict, icon in VERDICTS:
                st.button(
                    texts.SAY[verdict], icon=icon, key=f"say-{place}-{verdict}", help=texts.say_help(verdict, suggestion),
                    type="primary" if said == verdict else "secondary",
                    on_click=_say, args=(scene, choice, suggestion.key, NONE if said == verdict else verdict, context),
                )  # fmt: skip


def _say(scene: Scene, choice: Choice, key: str, verdict: str, context: str | None) -> None:
    if viewing.sees(choice.listener):
        outcome = changes.say(served.home(), choice.listener.name, key, verdict, context)
        st.session_state[TOLD] = outcome


def _told() -> None:
    outcome: Outcome | None = st.session_state.pop(TOLD, None)
    if outcome is not None:
        st.html(components.pressed(outcome.words) if outcome.done else components.failure(outcome.words))


def _playlist(told: Suggestions) -> None:
    named = [suggestion for suggestion in told.suggestions if suggestion.track_id is not None]
    st.html(components.figure_head(texts.playlist_title(len(named)), texts.PLAYLIST_SUB))
    st.code(texts.command(told), language="shell")
    st.download_button(
        texts.AS_FILE, data=texts.as_list(named), file_name="groovelog-for-you.csv", mime="text/csv", key="as-file",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _later(scene: Scene, choice: Choice, said: dict[str, str]) -> None:
    rows = recommending.listen_later(scene.snapshot, choice.listener.listener_id)
    st.html(components.figure_head(texts.later_title(len(rows)), texts.LATER_SUB))
    _later_rows(scene, choice, rows)


def _later_rows(scene: Scene, choice: Choice, rows: Sequence[tuple[str, str, str]]) -> None:
    for place, (key, title, artist) in enumerate(rows):
        with st.container(key=f"later-{place}", horizontal=True, vertical_alignment="center"):
            st.html(texts.kept(title, artist))
            st.button(
                texts.DONE, key=f"later-done-{place}", icon=":material/check:", help=texts.done_help(title),
                on_click=_say, args=(scene, choice, key, NONE, None),
            )  # fmt: skip
