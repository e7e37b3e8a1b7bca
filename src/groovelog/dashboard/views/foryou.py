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
from groovelog.lake.feedback import DOWN, LATER, NONE, UP
from groovelog.model import Listener
from groovelog.pipeline import recommending
from groovelog.recommend import stored
from groovelog.recommend.said import named_said
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
    said = named_said(scene.snapshot, choice.listener)
    verdicts = {str(one["track_id"]): one["verdict"] for one in said}
    with frames.card("suggestions", texts.SUGGESTIONS):
        told = _suggested(scene, choice, wanted)
        st.html(components.figure_head(texts.title(told), texts.sub(told, ZoneInfo(choice.zone))))
        _told()
        for place, suggestion in enumerate(told.suggestions, 1):
            _row(choice.listener, told.context, place, suggestion, verdicts.get(suggestion.key))
        for note in told.notes:
            st.html(components.note(note))
        frames.foot(told.why, Explanation("suggestions", texts.DEFINITION, texts.lines(told)))
    with frames.card("playlist", texts.PLAYLIST):
        _playlist(told)
    with frames.card("later", texts.LATER_TITLE):
        _later(choice.listener, said)


def _wanted() -> Wanted:
    with st.container(horizontal=True, key="moment", vertical_alignment="bottom"):
        context = st.segmented_control(
            texts.MOMENT, list(texts.CONTEXTS), default="now", format_func=texts.CONTEXTS.__getitem__, required=True,
            key="context", bind=BOUND,
        )  # fmt: skip
        newness = st.select_slider(
            texts.NOVELTY, list(texts.NEWNESS), value=texts.USUAL, key="novelty", bind=BOUND, width=320
        )
    return Wanted(context=context or "now", novelty=texts.NEWNESS.get(newness, texts.NEWNESS[texts.USUAL]), n=SHOWN)


def _suggested(scene: Scene, choice: Choice, wanted: Wanted) -> Suggestions:
    person, snapshot = choice.listener, scene.snapshot
    model = stored.about(served.home(), person.listener_id, stored.RANKING)
    trained = None if model is None else model.made_at
    looks = scene.viewer.listener_id, person.listener_id, str(snapshot.lake), snapshot.run_id, trained
    return _asked(scene, person.name, wanted, looks)


# By who looks, at whom, the published state and the model: nobody is told another's, or what has changed since.
@st.cache_data(max_entries=MOST_KEPT, ttl=FRESH_S, show_spinner=texts.LOOKING)
def _asked(_scene: Scene, name: str, wanted: Wanted, looks: tuple[object, ...]) -> Suggestions:
    return recommending.recommend(served.home(), _scene.snapshot, _scene.viewer, name, wanted, datetime.now(UTC))


def _row(person: Listener, context: str, place: int, suggestion: Suggestion, said: str | None) -> None:
    with st.container(key=f"suggestion-{place}", horizontal=True, vertical_alignment="center"):
        st.html(texts.suggestion(place, suggestion))
        with st.container(key=f"say-{place}", horizontal=True, width="content", gap="small"):
            for verdict, icon in VERDICTS:
                st.button(
                    texts.SAY[verdict], icon=icon, key=f"say-{place}-{verdict}", help=texts.say_help(verdict, suggestion),
                    type="primary" if said == verdict else "secondary",
                    on_click=_say, args=(person, suggestion.key, NONE if said == verdict else verdict, context),
                )  # fmt: skip


def _say(person: Listener, key: str, verdict: str, context: str | None) -> None:
    if viewing.sees(person):
        st.session_state[TOLD] = changes.say(served.home(), person.name, key, verdict, context)


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


def _later(person: Listener, said: Sequence[dict[str, str | None]]) -> None:
    rows = [one for one in said if one["verdict"] == LATER]
    st.html(components.figure_head(texts.later_title(len(rows)), texts.LATER_SUB))
    for place, one in enumerate(rows):
        title = one["track_name"] or wording.UNNAMED
        with st.container(key=f"later-{place}", horizontal=True, vertical_alignment="center"):
            st.html(texts.kept(title, one["artist_name"] or ""))
            st.button(
                texts.DONE, key=f"later-done-{place}", icon=":material/check:", help=texts.done_help(title),
                on_click=_say, args=(person, one["track_id"], NONE, None),
            )  # fmt: skip
