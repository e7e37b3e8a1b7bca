"""What a page is given: the lake, its people, the other pages, and the filter bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from groovelog.access import Viewer
from groovelog.dashboard import components, filters
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.cards import months
from groovelog.dashboard.filters import choose, choose_period
from groovelog.dashboard.texts import wording
from groovelog.errors import NothingToTell
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener


@dataclass(frozen=True)
class Scene:
    """`pages` are by the names of their views."""

    snapshot: Snapshot
    viewer: Viewer
    pages: Mapping[str, StreamlitPage]

    @cached_property
    def people(self) -> Sequence[Listener]:
        """Those whose own reports the viewer sees."""
        return [person for person in self.snapshot.listeners() if self.viewer.sees(person)]

    @property
    def member(self) -> Listener | None:
        """The listener that a member of a group is; None for who runs Groovelog for themselves. Members have one."""
        return None if self.viewer.listener_id is None else self.people[0]

    @property
    def listening(self) -> list[Listener]:
        """Those with plays; members who were pulled come last, then the invented."""
        return sorted(
            (person for person in self.people if person.plays),
            key=lambda person: (person.invented, person.origin is not None),
        )

    @property
    def by_name(self) -> dict[str, Listener]:
        """Everybody, those with plays first."""
        return {person.name: person for person in (*self.listening, *self.people)}

    def asked(self) -> Asked | None:
        """The filter bar, and what it asks; None, and said so, where no play counts."""
        bar = st.container(horizontal=True, key="filters", vertical_alignment="center")
        periods = bar.container(horizontal=True, width="content", key="periods", vertical_alignment="center")
        with bar:
            choice = choose(self.listening)
        record = Asked(self.snapshot, choice, RECORD).answer("overview")
        if not record.basis.counted_plays:
            st.html(components.page_head(choice.listener.name, wording.nothing_counted(RECORD)))
            return None
        with periods:
            asked = Asked(self.snapshot, choice, choose_period(record))
        if _nothing_counts(asked):
            st.html(components.page_head(choice.listener.name, wording.nothing_counted(asked.period)))
            months.show(asked)
            return None
        return asked

    def link(self, view: str, label: str, *, icon: str | None = None, **query: str) -> None:
        """A link to another page of this visit; in HTML it would start a new one.

        It takes along what the filter bar asks: without it Streamlit draws the page with the defaults first.
        """
        st.page_link(
            self.pages[view], label=wording.literal(label), icon=icon, query_params={**filters.in_address(), **query}
        )


def _nothing_counts(asked: Asked) -> bool:
    try:
        return not asked.totals["counted_plays"]
    except NothingToTell:
        return True
