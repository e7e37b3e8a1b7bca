"""A group in three browsers: the owner, a member by password, and a stranger, from the first link to the last goodbye."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from two_members import ARTIST, Group, fill

from conftest import serving, settled
from groovelog.pipeline import joining
from groovelog.state.database import open_state

pytestmark = pytest.mark.browser

PASSWORD = "three words here"  # noqa: S105 - of this test
LEAVE_MS = 20_000


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """Two listeners with plays, of whom nobody is a member yet."""
    made = fill(tmp_path / "home", tmp_path)
    with open_state(made.home.root) as state, state.writing() as connection:
        connection.execute("DELETE FROM members")
    return made


@pytest.fixture
def address(group: Group, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("GROOVELOG_GROUP", "1")
    with serving(group.home.root) as url:
        yield url


def join(page: Page, link: str, name: str | None = None) -> None:
    page.goto(link)
    if name is not None:
        page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button").first.click()
    page.wait_for_selector(".stApp h1")
    settled(page)


def opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".stApp h1")
    settled(page)


def status(page: Page, url: str) -> int:
    return page.context.request.get(url, max_redirects=0).status


def test_owner_member_and_stranger(group: Group, context: BrowserContext, address: str) -> None:
    assert context.browser is not None
    owner, member, stranger = (context.browser.new_context(locale="en-GB").new_page() for _ in range(3))
    invitation = the_owner_joins_and_invites(group, owner, address)
    join(member, invitation)
    stranger.goto(invitation)
    expect(stranger.locator("body")).to_contain_text("not open")
    each_sees_their_own(member, address)
    nobody_else_gets_in(stranger, address)
    a_file_is_for_whom_it_was_made(owner, member, stranger, address)
    what_is_shared_is_used_at_once_and_seen(owner, member, address)
    who_is_dismissed_sees_nothing_more(owner, member, address)
    who_is_forgotten_is_told_so(owner, address)


def the_owner_joins_and_invites(group: Group, owner: Page, address: str) -> str:
    """The link that is for Bertil."""
    with open_state(group.home.root) as state:
        word = joining.owners_invitation(state, now=datetime.now(UTC))
    join(owner, f"{address}/join/{word}", "Mara")
    assert "Pollen Index" in owner.inner_text(".stApp")

    opened(owner, f"{address}/members")
    owner.locator(".st-key-invite-name input").fill("Bertil")
    owner.locator(".st-key-invite-name input").press("Enter")
    owner.locator(".st-key-invite button").click()
    link = owner.locator(".st-key-card-invite code")
    expect(link).to_contain_text("/join/")
    invitation = link.inner_text().strip()
    assert invitation.startswith(address)
    return invitation


def each_sees_their_own(member: Page, address: str) -> None:
    """Whatever the address asks for."""
    opened(member, f"{address}/tops?listener=Mara")
    assert ARTIST in member.inner_text(".stApp")
    assert "Mara" not in member.inner_text(".stApp")
    opened(member, f"{address}/members")
    expect(member.locator("h1")).to_contain_text("the owner's")


def nobody_else_gets_in(stranger: Page, address: str) -> None:
    stranger.goto(f"{address}/tops")
    assert stranger.url.startswith(f"{address}/signin")
    stranger.fill("input[name=name]", "Mara")
    stranger.fill("input[name=password]", "a guess, a guess")
    stranger.locator("form button").first.click()
    expect(stranger.locator("body")).to_contain_text("do not belong together")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{address}/_stcore/stream")  # noqa: S310 - our own server


def a_file_is_for_whom_it_was_made(owner: Page, member: Page, stranger: Page, address: str) -> None:
    """Also where somebody makes the server say its address to them."""
    opened(owner, f"{address}/questions?report=top-artists")
    with owner.expect_download() as saved:
        owner.locator(".st-key-csv-question button").click()
    file = saved.value.url
    assert "/media/" in file
    assert status(owner, file) == 200
    assert owner.context.request.get(file).headers["content-type"].startswith("text/csv")
    assert status(stranger, file) == 401
    opened(member, f"{address}/track?id={file.removeprefix(address)}")
    assert status(member, file) == 404


def what_is_shared_is_used_at_once_and_seen(owner: Page, member: Page, address: str) -> None:
    """In a page that is open already; whoever shares it sees who looked."""
    opened(owner, f"{address}/group")
    expect(owner.locator(".stApp")).to_contain_text("Not in, and told of nowhere: Bertil.")
    opened(member, f"{address}/settings")
    member.get_by_text("Counts and times", exact=True).click()
    expect(member.locator(".done")).to_contain_text("Saved.")
    owner.get_by_text("Year", exact=True).first.click()
    expect(owner.locator(".stApp")).to_contain_text("Shows counts and times")
    assert ARTIST not in owner.inner_text(".stApp")
    opened(member, f"{address}/settings")
    expect(member.locator(".st-key-card-looked")).to_contain_text("Mara")


def who_is_dismissed_sees_nothing_more(owner: Page, member: Page, address: str) -> None:
    opened(owner, f"{address}/members")
    owner.locator(".st-key-dismiss button").click()
    owner.locator(".st-key-dismiss-really button").click()
    member.wait_for_url("**/signin*", timeout=LEAVE_MS)
    assert "Bertil" not in member.inner_text("body")


def who_is_forgotten_is_told_so(owner: Page, address: str) -> None:
    """And the words stay, over whatever Streamlit says of a connection that has ended."""
    opened(owner, f"{address}/data?part=Export%2C+forget")
    owner.locator(".st-key-forget-name input").fill("Mara")
    owner.locator(".st-key-forget-name input").press("Enter")
    owner.locator(".st-key-forget button").click()
    words = owner.get_by_role("heading", name="forgotten.")
    expect(words).to_be_visible()
    expect(owner.locator(".stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(owner.locator("body")).not_to_contain_text("42 plays")
    expect(words).to_be_visible()
    assert "Pollen Index" not in owner.inner_text("body")
    expect(owner.locator("[data-testid=stDialog]")).not_to_be_visible()
