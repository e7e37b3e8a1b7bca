"""The script that Streamlit runs for every visit and every rerun: the frame around the pages."""

import streamlit as st

from groovelog.dashboard import components, data, overview, prints, questions, scheme, served, theme, welcome
from groovelog.errors import GroovelogError
from groovelog.lake.snapshot import open_snapshot


def main() -> None:
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


def _pages() -> None:
    with open_snapshot(served.home().lake) as snapshot:
        people = snapshot.listeners()
        listening = sorted((person for person in people if person.plays), key=lambda person: person.invented)

        def show_home() -> None:
            if listening:
                overview.show(snapshot, listening)
            else:
                welcome.show(people, data_page)

        def show_questions() -> None:
            if listening:
                questions.show(snapshot, listening)
            else:
                welcome.show(people, data_page)

        def show_data() -> None:
            data.show(snapshot, people, home_page)

        home_page = st.Page(show_home, title="Overview", icon=":material/graphic_eq:", default=True)
        data_page = st.Page(show_data, title="Data", icon=":material/receipt_long:", url_path="data")
        ask_page = st.Page(show_questions, title="Questions", icon=":material/help_center:", url_path="questions")
        pages = [home_page, ask_page, data_page]
        st.navigation(pages, position="top").run()
        with st.bottom, st.container(horizontal=True, key="thumbs"):
            for page in pages:
                st.page_link(page)


main()
