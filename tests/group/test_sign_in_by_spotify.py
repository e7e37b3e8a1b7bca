"""Signing in with Spotify, against a stand-in over HTTP: whose account it is, in whose browser, by whose invitation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from visitor import Answer, Visitor

from conftest import OWNERS, Group, serving
from groovelog.demo.standin import Account, App, Clock, Standin, approved, served
from groovelog.lake.home import Home
from groovelog.state import sign_ins
from groovelog.state.database import open_state

PUBLIC = "https://music.example.org"


@dataclass(frozen=True)
class Hall(Group):
    """A group's server behind a proxy, whose members may come by Spotify."""

    def visitor(self) -> Visitor:
        return Visitor(self.port, "music.example.org")

    def by_spotify(self, visitor: Visitor, path: str, account: str) -> Answer:
        """Go to Spotify by this link, agree as that account, and come back."""
        return visitor.ask(path_of(approved(visitor.ask(path).to, account)))

    def connected(self) -> list[str | None]:
        with open_state(self.home.root) as state:
            return sorted(one.account_id or "" for one in sign_ins.all_of(state))


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    home = Home(tmp_path_factory.mktemp("hall") / "home")
    accounts = [Account("ann", "Ann"), Account("bea", "Bea"), Account("mallory", "Mallory")]
    app = App("client-a", "secret-a", (f"{PUBLIC}/callback",))
    with served(Standin(Clock(datetime.now(UTC), runs=True), accounts, [app])) as spotify:
        told = {
            "SPOTIFY_CLIENT_ID": "client-a", "SPOTIFY_CLIENT_SECRET": "secret-a",
            "SPOTIFY_REDIRECT_URI": f"{PUBLIC}/callback", "GROOVELOG_PUBLIC_URL": PUBLIC,
            "GROOVELOG_SPOTIFY_API_URL": f"{spotify}/v1", "GROOVELOG_SPOTIFY_ACCOUNTS_URL": spotify,
        }  # fmt: skip
        with serving(home.root, **told) as (port, link):
            made = Hall(home, port)
            assert made.visitor().send(link.removeprefix(PUBLIC), name="Olga", password=OWNERS).status == 303
            ann = made.visitor()
            assert made.by_spotify(ann, made.invitation("Ann") + "/spotify", "ann").to == "/"
            assert ann.is_in()
            yield made


SIGN_IN = "/signin/spotify?app=client-a"


def test_a_member_signs_in_with_the_account_they_are_connected_to(hall: Hall) -> None:
    ann = hall.visitor()
    assert "Sign in with Spotify" in ann.ask("/signin").body
    assert hall.by_spotify(ann, SIGN_IN, "ann").to == "/"
    assert ann.is_in()


def test_an_account_of_nobody_gets_in_nowhere_and_leaves_nothing(hall: Hall) -> None:
    before = hall.connected()
    mallory = hall.visitor()
    answer = hall.by_spotify(mallory, SIGN_IN, "mallory")
    assert (answer.status, "belongs to no member" in answer.body) == (403, True)
    assert not mallory.is_in()
    assert hall.connected() == before


def test_an_answer_that_another_browser_asked_for_is_refused(hall: Hall) -> None:
    ann, other = hall.visitor(), hall.visitor()
    came = path_of(approved(ann.ask(SIGN_IN).to, "ann"))
    for visitor in (hall.visitor(), other):
        other.ask(SIGN_IN)  # which has a state of its own
        assert visitor.ask(came).status == 400
        assert not visitor.is_in()


def test_a_made_up_state_and_a_used_one_are_refused(hall: Hall) -> None:
    visitor = hall.visitor()
    came = path_of(approved(visitor.ask(SIGN_IN).to, "ann"))
    assert visitor.ask("/callback?state=guessed&code=guessed").status == 400
    kept = dict(visitor.cookies)
    visitor = hall.visitor()
    came = path_of(approved(visitor.ask(SIGN_IN).to, "ann"))
    kept = dict(visitor.cookies)
    assert visitor.ask(came).status == 303
    again = Visitor(hall.port, "music.example.org", kept)
    assert again.ask(came).status == 400
    assert not again.is_in()


def test_a_sign_in_does_not_count_as_a_consent(hall: Hall) -> None:
    """The state of one purpose is no good for the other."""
    before = hall.connected()
    visitor = hall.visitor()
    hall.by_spotify(visitor, SIGN_IN, "bea")
    assert hall.connected() == before


def test_one_connects_oneself_and_nobody_else(hall: Hall) -> None:
    ann = hall.visitor()
    hall.by_spotify(ann, SIGN_IN, "ann")
    assert ann.ask("/connect?listener=Olga").status == 403
    assert ann.ask("/connect?listener=Somebody%20New").status == 403
    assert ann.ask("/connect?listener=Ann").status == 303


def test_a_consent_for_ann_cannot_be_given_in_a_stranger_s_browser(hall: Hall) -> None:
    ann = hall.visitor()
    hall.by_spotify(ann, SIGN_IN, "ann")
    came = path_of(approved(ann.ask("/connect?listener=Ann").to, "mallory"))
    assert hall.visitor().ask(came).status == 400
    assert "mallory" not in hall.connected()


def test_a_used_invitation_does_not_let_in_by_spotify(hall: Hall) -> None:
    path = hall.invitation("Bea")
    assert hall.by_spotify(hall.visitor(), f"{path}/spotify", "bea").to == "/"
    assert hall.visitor().ask(f"{path}/spotify").status == 403
