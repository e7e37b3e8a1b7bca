"""Take everything of a listener along as one zip, and erase a listener for good."""

import io
import zipfile
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from groovelog import pipeline
from groovelog.config import Settings
from groovelog.dashboard import components, downloads, ending, frames, imports, served, viewing
from groovelog.dashboard.filters import looked_at
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import keeping as texts
from groovelog.dashboard.texts import members, wording
from groovelog.errors import GroovelogError
from groovelog.lake.export import export_listener
from groovelog.lake.people import named

CHOSEN = (
    "listener",
    "export-whose",
    "forget-whose",
    "forget-name",
)  # what a visit may still have chosen of who is gone


def show(scene: Scene) -> None:
    erased = st.session_state.pop(viewing.ERASED, None)
    if erased:
        with st.container(key="card-forgotten"):
            st.html(components.figure_head(erased) + components.note(texts.FORGET_STAYS))
    if scene.people:
        with frames.card("export", texts.EXPORT_TITLE):
            _export(scene)
        with frames.card("forget", texts.FORGET_TITLE):
            _forget(scene)


def zipped(name: str, form: str) -> bytes:
    """Everything of a listener as `groovelog export` writes it, in one zip. Raises GroovelogError."""
    snapshot = served.snapshot()
    target = io.BytesIO()
    with served.home().scratch_folder() as folder:
        files = export_listener(snapshot, named(snapshot.listeners(), name), form, folder)
        # Parquet is packed already.
        packing = zipfile.ZIP_STORED if form == "parquet" else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(target, "w", packing) as archive:
            for one in files:
                archive.write(folder / one.file, one.file)
    return target.getvalue()


def _export(scene: Scene) -> None:
    head = st.container()
    left, right = st.columns(2)
    if scene.member is None:
        names = [person.name for person in scene.people]
        name = left.selectbox(texts.EXPORT_WHOSE, names, index=looked_at(names), key="export-whose")
    else:
        name, right = scene.member.name, left
    form = right.selectbox(
        texts.EXPORT_FORMAT, list(texts.FORMATS), format_func=texts.FORMATS.__getitem__, key="export-form"
    )
    head.html(components.figure_head(texts.EXPORT_TITLE, texts.export_sub(name)))
    st.download_button(
        wording.literal(texts.export_button(name)), partial(zipped, name, form), f"groovelog-export-{form}.zip",
        downloads.marked("application/zip"), key="export", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _forget(scene: Scene) -> None:
    head = st.container()
    by_name = {person.name: person for person in scene.people}
    if scene.member is None:
        name = st.selectbox(texts.FORGET_WHOSE, list(by_name), index=looked_at(list(by_name)), key="forget-whose")
    else:
        name = scene.member.name
    head.html(components.figure_head(texts.FORGET_TITLE, texts.forget_sub(name, by_name[name].plays)))
    typed = st.text_input(wording.literal(texts.type_name(name)), key="forget-name", autocomplete="off")
    job = imports.latest(scene.viewer)
    busy = job is not None and job.running
    st.html(components.note(texts.WAIT_FOR_IMPORT if busy else texts.FORGET_STAYS))
    if st.button(texts.FORGET, key="forget", icon=":material/delete_forever:", disabled=busy or typed.strip() != name):
        if scene.member is not None:  # whose sign-in ends with it, before all is erased
            ending.say_last(name, members.ERASING, members.ERASING_LEAD)
        try:
            home = served.home()
            erased = pipeline.forget(home, name, now=datetime.now(UTC), store_of=Settings().store_of(home))
        except GroovelogError as error:
            st.html(components.failure(error.message))
            return
        # Answers about them, and figures of these, are remembered in this process, whoever asked.
        st.cache_data.clear()
        st.cache_resource.clear()
        imports.forget(scene.viewer)
        for key in CHOSEN:
            st.session_state.pop(key, None)
        st.session_state[viewing.ERASED] = texts.forgotten(
            name,
            sum(erased.rows.values()),
            erased.files,
            sum(one.backups for one in erased.backups),
        )
        st.rerun()
