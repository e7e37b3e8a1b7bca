"""A home of a group: Mara's six weeks, and Bertil, of whom nobody else may learn what he plays."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import listening
from streamlit.testing.v1 import AppTest

from groovelog import pipeline
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import members, sessions
from groovelog.state.database import open_state
from groovelog.state.members import MEMBER, OWNER, Member

NOW = datetime(2024, 3, 1, tzinfo=UTC)
# Bertil's: what he played, by whom, on which album; the words of a private session; the file that he brought.
TRACK, ARTIST, ALBUM, PRIVATE, FILE = (
    "Cellar Song",
    "Hidden Harbour",
    "Under the Stairs",
    "Whispered Thing",
    "bertils.zip",
)
# One page, as the app shows it; links need the other pages.
ONE_PAGE = """
from importlib import import_module
from groovelog.dashboard import served, viewing
from groovelog.dashboard.scene import Scene
class Still(Scene):
    def link(self, view, label, **more):
        import streamlit as st
        st.html(label)
looks = viewing.viewer()
viewing.settle(looks)
import_module("groovelog.dashboard.views.{view}").show(Still(served.snapshot(), looks, {{}}))
"""
SECRETS = (TRACK, ARTIST, ALBUM, PRIVATE, FILE)


@dataclass(frozen=True)
class Group:
    home: Home
    mara: str
    bertil: str
    receipt: str  # of Bertil's import

    def word(self, listener_id: str) -> str:
        """The word of a new session of a member."""
        with open_state(self.home.root) as state:
            return sessions.begin(state, listener_id, datetime.now(UTC))


def fill(root: Path, folder: Path) -> Group:
    """Mara is the owner, Bertil a member. Exports are written to `folder`."""
    home = Home(root)
    hers = listening.write_export(folder / "maras.zip", listening.rows())
    his = listening.write_export(folder / FILE, _bertils())
    pipeline.import_exports(home, [hers], listener="Mara", timezone=listening.ZONE, now=NOW)
    receipt = pipeline.import_exports(home, [his], listener="Bertil", timezone=listening.ZONE, now=NOW)
    with open_snapshot(home.lake) as snapshot:
        ids = {person.name: person.listener_id for person in snapshot.listeners()}
    with open_state(home.root) as state, state.writing() as connection:
        members.put(connection, Member(ids["Mara"], OWNER, None, NOW))
        members.put(connection, Member(ids["Bertil"], MEMBER, None, NOW))
    return Group(home, ids["Mara"], ids["Bertil"], receipt.run_id)


def _bertils() -> list[dict[str, Any]]:
    at = listening.MONDAY + timedelta(days=1)
    rows = [
        {**listening.row(at + timedelta(days=number, minutes=3), TRACK, ARTIST, 180_000),
         "master_metadata_album_album_name": ALBUM}
        for number in range(20)
    ]  # fmt: skip
    private = {**listening.row(at + timedelta(hours=2), PRIVATE, ARTIST, 180_000), "incognito_mode": True}
    both = listening.row(at + timedelta(hours=3), "Electric Weather", "Pollen Index", 180_000)
    return [*rows, private, both]


def everything(app: AppTest) -> str:
    """All that the page sends to the browser, as text."""
    found: list[str] = []

    def walk(node: Any) -> None:
        found.append(str(getattr(node, "proto", "")))
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(app._tree)
    return "\n".join(found)


def opened(view: str, **address: str) -> AppTest:
    app = AppTest.from_string(ONE_PAGE.format(view=view), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app
