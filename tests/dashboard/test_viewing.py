"""What a member of a group sees: their own pages, of the others what is agreed; and who is not signed in, nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from two_members import ARTIST, FILE, PRIVATE, SECRETS, TRACK, Group, everything, fill, opened

from groovelog import pipeline
from groovelog.dashboard import served
from groovelog.dashboard.downloads import marked
from groovelog.dashboard.pages import PAGES
from groovelog.state import looks, members, sessions
from groovelog.state.database import open_state

SCRIPT = Path(served.__file__).with_name("app.py")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Group:
    folder = tmp_path_factory.mktemp("group")
    return fill(folder / "home", folder)


ADDRESSES: dict[str, dict[str, str]] = {"track": {"id": TRACK}, "artist": {"name": ARTIST}}


@pytest.mark.parametrize("view", [page.view for page in PAGES if page.view != "members"])
def test_a_page_shows_a_member_nothing_of_another(group: Group, browser: dict[str, str], view: str) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    address = ADDRESSES.get(view, {})
    shown = everything(
        opened(view, listener="Bertil", person="Bertil", receipt=group.receipt, whom="Bertil", **address)
    )
    assert "Mara" in shown or view == "connect"  # which has nothing to tell of her yet
    # The words of the address come back, and what belongs to them does not.
    told = [secret for secret in SECRETS if secret not in address.values() and secret in shown]
    assert told == []
    if view != "group":  # which says who is not in
        assert "Bertil" not in shown


def test_what_is_kept_of_one_viewer_is_not_shown_to_the_next(group: Group, browser: dict[str, str]) -> None:
    """Caches of answers and figures are shared by all visits of a process."""
    browser[sessions.COOKIE] = group.word(group.bertil)
    assert ARTIST in everything(opened("tops"))
    browser[sessions.COOKIE] = group.word(group.mara)
    assert ARTIST not in everything(opened("tops", listener="Bertil"))


def test_the_group_says_who_is_in_and_uses_what_is_agreed_at_once(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    app = opened("group")
    assert "Not in, and told of nowhere: Bertil." in everything(app)
    now = datetime.now(UTC)
    pipeline.share(group.home, "Bertil", "totals", now=now)
    shown = everything(app.run())
    assert "Shows counts and times" in shown
    assert ARTIST not in shown
    pipeline.share(group.home, "Bertil", "all", now=now)
    shown = everything(app.run())
    assert "Pollen Index" in shown
    assert PRIVATE not in shown
    pipeline.share(group.home, "Bertil", "nothing", now=now)
    assert "Not in, and told of nowhere: Bertil." in everything(app.run())


def test_who_is_looked_at_learns_of_it(group: Group, browser: dict[str, str]) -> None:
    pipeline.share(group.home, "Bertil", "totals", now=datetime.now(UTC))
    browser[sessions.COOKIE] = group.word(group.mara)
    opened("group")
    browser[sessions.COOKIE] = group.word(group.bertil)
    assert "1\xa0member has looked at what you share" in everything(opened("settings")).replace("\\302\\240", "\xa0")
    with open_state(group.home.root) as state:
        assert [(look.viewer_id, look.what) for look in looks.at(state, group.bertil)] == [(group.mara, "group")]
        assert looks.at(state, group.mara) == []


def test_a_question_of_the_group_offers_who_agreed_alone(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    assert opened("questions", report="leaderboard").multiselect(key="leaderboard-with").options == []
    pipeline.share(group.home, "Bertil", "totals", now=datetime.now(UTC))
    assert opened("questions", report="leaderboard").multiselect(key="leaderboard-with").options == ["Bertil"]
    with open_state(group.home.root) as state:
        assert [look.what for look in looks.at(state, group.bertil)] == ["leaderboard"]


def visit() -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not app.exception
    return app


def test_without_a_sign_in_there_is_nothing_of_anybody(group: Group, browser: dict[str, str]) -> None:
    for cookies in ({}, {sessions.COOKIE: "guessed"}):
        browser.clear()
        browser.update(cookies)
        shown = everything(visit())
        assert "signed out" in shown
        assert 'href=\\"/signin\\"' in shown
        assert "Mara" not in shown
        assert "Bertil" not in shown


@pytest.mark.parametrize("how", ["signed out", "signed out everywhere", "dismissed", "forgotten"])
def test_a_page_left_open_shows_nothing_once_the_sign_in_has_ended(
    group: Group, browser: dict[str, str], how: str
) -> None:
    browser[sessions.COOKIE] = word = group.word(group.mara)
    app = visit()
    assert "Mara" in everything(app)
    with open_state(group.home.root) as state:
        if how == "signed out":
            sessions.end(state, word)
        elif how == "signed out everywhere":
            sessions.end_all(state, group.mara)
        elif how == "dismissed":
            members.dismiss(state, group.mara, datetime.now(UTC))
        else:
            pipeline.forget(group.home, "Mara", now=datetime.now(UTC))
    shown = everything(app.run())
    assert "signed out" in shown
    assert "Mara" not in shown
    assert "Pollen Index" not in shown


def test_a_member_without_a_listener_is_told_so(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    with open_state(group.home.root) as state, state.reading() as connection:
        kept = connection.execute("SELECT * FROM members WHERE listener_id = ?", (group.mara,)).fetchone()
    pipeline.remove_listeners(group.home, ["Mara"], now=datetime.now(UTC))
    with open_state(group.home.root) as state, state.writing() as connection:
        connection.execute("INSERT INTO members VALUES (?, ?, ?, ?)", kept)
    browser[sessions.COOKIE] = group.word(group.mara)
    assert "nothing of you" in everything(visit())


def test_a_visit_taken_over_by_another_member_forgets_what_was_chosen(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    app = visit()
    app.session_state["settings-told"] = "of Mara"
    browser[sessions.COOKIE] = group.word(group.bertil)
    app.run()
    assert "settings-told" not in app.session_state
    assert ARTIST in everything(app)


def test_a_press_after_the_sign_out_changes_nothing(group: Group, browser: dict[str, str]) -> None:
    """Streamlit calls what was pressed before it runs the page."""
    browser[sessions.COOKIE] = word = group.word(group.mara)
    app = opened("settings")
    with open_state(group.home.root) as state:
        sessions.end(state, word)
    app.radio(key=f"shares-{group.mara}").set_value("all").run()
    browser[sessions.COOKIE] = group.word(group.mara)
    assert "Mara shows the others nothing" in everything(opened("settings"))


def test_members_bring_their_own_files_alone(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    app = opened("data")
    assert [box.key for box in app.text_input] == []
    assert [box.key for box in app.selectbox] == ["receipts"]
    assert FILE not in everything(app)
    leaving = opened("data", part="Export, forget")
    assert {box.key for box in leaving.selectbox} == {"export-form"}


def test_whoever_runs_it_for_themselves_sees_everybody_without_signing_in(group: Group) -> None:
    served.publish(group.home)
    assert ARTIST in everything(opened("tops", listener="Bertil"))


def test_files_are_marked_with_whose_they_are(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    app = AppTest.from_string(
        "import streamlit as st\nfrom groovelog.dashboard import downloads, viewing\n"
        "viewing.settle(viewing.viewer())\nst.text(downloads.marked('text/csv'))"
    ).run()
    assert app.text[0].value == f"text/csv; for={group.mara}"
    assert marked("text/csv") == "text/csv"
