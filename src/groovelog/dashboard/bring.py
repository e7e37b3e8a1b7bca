"""Bring a history: the form for an export, and the import under way."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog.access import Viewer
from groovelog.dashboard import components, filters, imports, receipts, viewing
from groovelog.dashboard.imports import Upload
from groovelog.dashboard.receipts import Step
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import bringing, keeping, locale, wording
from groovelog.pipeline.import_jobs import Job

REFRESH_SECONDS = 0.4
# Of a visit: its own import has just begun; its files were not taken, for another import was under way.
BEGUN, REFUSED = "begun", "refused"
STEPS = (
    ("find", "Look at the files"),
    ("read", "Read every row"),
    ("keep", "Keep each play once"),
    ("join", "Join what several files saw"),
    ("match", "Look for audio features"),
)


def show(scene: Scene, then: StreamlitPage | None = None) -> None:
    """The form, or the import under way; `then` is where an import is followed."""
    job = imports.latest(scene.viewer)
    begun = st.session_state.pop(BEGUN, False)
    if job is not None and job.running and st.session_state.get("bring") and not begun:
        st.session_state[REFUSED] = True  # the button of a form that was drawn before the other began
    if st.session_state.get(REFUSED):
        st.html(components.failure(keeping.ANOTHER_IMPORT))
    if job is not None and job.running:
        _under_way(scene.viewer)
        return
    st.session_state[REFUSED] = False
    if job is not None and job.failure is not None:
        _failed(job, scene.viewer)
    _form(scene, then)


def _form(scene: Scene, then: StreamlitPage | None) -> None:
    with st.container(key="card-bring"):
        st.html(
            components.figure_head(
                "Drop your exports here, as they are",
                "From Spotify, Last.fm, ListenBrainz, Maloja or Koito: zips and loose files. Bring them again any time; "
                "nothing is counted twice",
            )
        )
        files = st.file_uploader(
            "Exports: zips, JSON, CSV", type=[suffix[1:] for suffix in imports.UPLOAD_SUFFIXES], accept_multiple_files=True,
            key=f"files-{st.session_state.get('brought', 0)}", label_visibility="collapsed",
        )  # fmt: skip
        listener, timezone, path = _whose_and_where(scene)
        given = [Upload(file.name, file) for file in files]
        if st.button("Bring it in", type="primary", key="bring", disabled=not (given or path.strip())):
            begun = imports.start(given or Path(path.strip()).expanduser(), listener, timezone, scene.viewer)
            st.session_state[BEGUN], st.session_state[REFUSED] = begun, not begun
            st.session_state["brought"] = st.session_state.get("brought", 0) + 1
            if then is None:
                st.rerun()
            st.switch_page(then)


def _whose_and_where(scene: Scene) -> tuple[str, str | None, str]:
    """The listener, for a new one the zone, and a path. Members bring files of their own browser, for themselves."""
    if scene.member is not None:
        return scene.member.name, None, ""
    with st.expander("Or name a file or folder on this machine"):
        path = st.text_input("Path", key="path", placeholder="~/Downloads/my_spotify_data.zip")
    return *_whose(scene), path


def _whose(scene: Scene) -> tuple[str, str | None]:
    """The listener, and for a new one the zone."""
    known = {person.name: person for person in scene.people if not person.invented and person.origin is None}
    usual = next(iter(known)) if len(known) == 1 else "me"
    left, right = st.columns(2)
    names = list(dict.fromkeys((usual, *known)))
    name = left.selectbox("For (choose, or type a new name)", names, accept_new_options=True, key="whose") or usual
    if name in known:
        right.selectbox("Time zone", [known[name].timezone], disabled=True, key="zone-known")
        return name, None
    zones = filters.zones()
    here = st.context.timezone
    at = zones.index(here) if here in zones else zones.index("UTC")
    return name, right.selectbox("Time zone", zones, index=at, key="zone-new")


@st.fragment(run_every=REFRESH_SECONDS)
def _under_way(viewer: Viewer) -> None:
    locale.use(st.context.locale)  # of the fragment alone; see app.py
    job = imports.latest(viewer)
    if job is None or not job.running or not viewing.is_still(viewer):
        st.rerun()
    with st.container(key="card-under-way"):
        st.html(
            components.figure_head(f"Importing {job.title}", bringing.import_words(job.progress))
            + components.progress_bar(bringing.import_bar(job.progress))
            + receipts.steps(_steps(job, _place(job.progress.step)))
        )


def steps_done(job: Job) -> list[Step]:
    """The steps of an import that is over."""
    return _steps(job, len(STEPS))


def _steps(job: Job, now: int) -> list[Step]:
    amounts = _amounts(job)
    return [
        Step(words, "done" if place < now else "running" if place == now else "waiting", amounts.get(step, ""))
        for place, (step, words) in enumerate(STEPS)
    ]


def _place(step: str) -> int:
    return [name for name, _ in STEPS].index("read" if step == "wait" else step)


def _amounts(job: Job) -> dict[str, str]:
    progress = job.progress
    if progress.step == "find":
        return {}
    amounts = {"find": wording.counted(progress.files, "file", "files"), "read": wording.rows(progress.rows)}
    if job.receipt is not None:
        amounts["keep"] = wording.counted(job.receipt.stored, "new row", "new rows")
    return amounts


def _failed(job: Job, viewer: Viewer) -> None:
    with st.container(key="card-failed"):
        st.html(components.figure_head("Nothing was brought in", f"From {job.title}"))
        st.html(components.failure(job.failure or ""))
        if job.notes:
            st.html(receipts.of_files(job.notes))
        st.button(bringing.CLOSE, key="close-failed", on_click=imports.forget, args=(viewer,))
