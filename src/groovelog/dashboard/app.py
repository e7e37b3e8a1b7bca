"""The script that Streamlit runs for every visit and every rerun: the frame around the pages."""

from collections import defaultdict
from functools import partial
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog.access import PERSONAL
from groovelog.dashboard import components, ending, prints, scheme, served, theme, viewing
from groovelog.dashboard.pages import PAGES, Entry
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import locale
from groovelog.errors import GroovelogError


def main() -> None:
    locale.use(st.context.locale)
    st.set_page_config(page_title="Groovelog", page_icon=prints.data_uri(prints.MARK), layout="wide")
    st.logo(prints.data_uri(prints.MARK), size="large")
    with st.container(key="look"):
        st.html(theme.style_sheet())
    try:
        _pages()
    except GroovelogError as error:
        with st.container(key="card-failed"):
            st.html(components.figure_head("This page could not be shown") + components.failure(error.message))
            st.button("Try again", key="again")
    # Last: a rerun asked for before the browser knows its page would land on the home page.
    with st.container(key="watch"):
        scheme.watch()
        if served.for_group() and not viewing.is_erased():
            ending.watch()


def _pages() -> None:
    looks = viewing.viewer()
    viewing.settle(looks)
    pages: dict[str, StreamlitPage] = {}
    scene = None if looks is None else Scene(served.snapshot(), looks, pages)
    if scene is None or (looks != PERSONAL and not scene.people):
        _closed(forgotten=scene is not None)
        return
    runs_group = scene.member is not None and scene.viewer.owner
    for entry in PAGES:
        pages[entry.view] = st.Page(
            partial(_show, entry, scene), title=entry.title, icon=f":material/{entry.icon}:", default=entry is PAGES[0],
            url_path=entry.address, visibility="hidden" if entry.hidden or (entry.owner and not runs_group) else "visible",
        )  # fmt: skip
    sections = defaultdict(list)
    for entry in PAGES:
        sections[entry.section].append(pages[entry.view])
    st.navigation(sections, position="top").run()
    with st.bottom, st.container(horizontal=True, key="thumbs"):
        for entry in PAGES:
            if entry.thumb:
                st.page_link(pages[entry.view])


def _closed(*, forgotten: bool) -> None:
    """Every address there is, with the same on each, so that Streamlit does not tell of pages that are not found."""
    closed = partial(import_module("groovelog.dashboard.views.signed_out").show, forgotten=forgotten)
    pages = [
        st.Page(partial(closed), title="Groovelog", default=entry is PAGES[0], url_path=entry.address)
        for entry in PAGES
    ]  # fmt: skip
    st.navigation(pages, position="hidden").run()


def _show(entry: Entry, scene: Scene) -> None:
    # Only the page that is shown is loaded.
    view = entry.view if scene.listening or entry.bare else "welcome"
    import_module(f"groovelog.dashboard.views.{view}").show(scene)


main()
