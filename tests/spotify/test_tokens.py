"""Tokens: one refresh at a time, and never again after the consent has ended."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from fake_spotify import CLIENT_ID, SECRET, FakeSpotify, Order, in_json
from turned_clock import NOW, Clock

from groovelog.errors import ReauthRequired, SignInError, SpotifyError
from groovelog.spotify.apps import Setup
from groovelog.spotify.tokens import access_token
from groovelog.state import sign_ins
from groovelog.state.database import State, open_state
from groovelog.state.sealing import KEY_FILE
from groovelog.state.sign_ins import SignIn, Tokens

LATER = NOW + timedelta(hours=2)

# What a process of its own does: it asks for a token, two hours after the last one was given.
ASK = f"""
import sys
from datetime import datetime
from pathlib import Path
from groovelog.spotify.apps import App, Setup
from groovelog.spotify.tokens import access_token
from groovelog.state.database import open_state
setup = Setup((App({CLIENT_ID!r}, {SECRET!r}),), accounts_url=sys.argv[2])
sys.stdin.readline()
with open_state(Path(sys.argv[1])) as state:
    print(access_token(setup, state, "ann-id", clock=lambda: datetime.fromisoformat({LATER.isoformat()!r})))
"""


def test_two_processes_that_need_a_token_at_once_make_one_refresh(
    state: State, spotify: FakeSpotify, sign_in: SignIn
) -> None:
    spotify.order("/api/token", in_json(200, {"access_token": "access-1", "expires_in": 3600}))
    spotify.orders["/api/token"][0].waits_s = 0.3
    command = [sys.executable, "-c", ASK, str(state.root), spotify.address]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=30)[0] for process in both] == ["access-1\n"] * 2
    assert spotify.paths() == ["/api/token"]


def test_threads_too(state: State, setup: Setup, spotify: FakeSpotify, sign_in: SignIn) -> None:
    got: list[str] = []

    def ask() -> None:
        got.append(access_token(setup, state, "ann-id", clock=Clock(LATER), sleep=lambda _: None))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1
    assert spotify.paths() == ["/api/token"]


def test_a_wrong_secret_is_said_and_ends_no_consent(
    setup: Setup, state: State, spotify: FakeSpotify, sign_in: SignIn
) -> None:
    spotify.secret = "another"  # noqa: S105
    with pytest.raises(SignInError, match="client id or secret"):
        access_token(setup, state, "ann-id", clock=Clock(LATER))
    kept = sign_ins.of(state, "ann-id")
    assert kept is not None
    assert kept.state == "ok"


def test_a_consent_that_ended_during_a_new_sign_in_does_not_end_that_one(state: State, sign_in: SignIn) -> None:
    anew = SignIn("ann-id", CLIENT_ID, "account-1", "Ann", sign_in.scopes, NOW)
    sign_ins.save(state, anew, Tokens("access-9", LATER, "refresh-9"))
    sign_ins.need_reauth(state, sign_in, sign_ins.REVOKED)
    sign_ins.save_tokens(state, sign_in, Tokens("access-old", LATER, "refresh-old"), sign_in.scopes)
    assert sign_ins.of(state, "ann-id") == anew
    assert sign_ins.tokens(state, anew).refresh == "refresh-9"


@pytest.mark.parametrize("loss", ["deleted", "another"])
def test_a_lost_key_means_to_sign_in_again_and_sends_nothing(
    setup: Setup, state: State, spotify: FakeSpotify, sign_in: SignIn, loss: str
) -> None:
    path = state.root / KEY_FILE
    key = path.read_bytes()
    path.unlink() if loss == "deleted" else path.write_text("A" * 43 + "=")
    with pytest.raises(ReauthRequired, match="key"):
        access_token(setup, state, "ann-id", clock=Clock())
    assert spotify.asked == []
    path.write_bytes(key)
    assert access_token(setup, state, "ann-id", clock=Clock()) == "access-0"


def test_nothing_secret_in_what_is_raised_or_shown(
    setup: Setup, state: State, spotify: FakeSpotify, sign_in: SignIn
) -> None:
    spotify.order("/api/token", Order(400, b'{"error": "invalid_request", "error_description": "refresh-0"}'))
    with pytest.raises(SpotifyError) as raised:
        access_token(setup, state, "ann-id", clock=Clock(LATER))
    shown = f"{raised.value!r} {raised.value} {setup!r} {sign_ins.tokens(state, sign_in)!r}"
    for secret in ("access-0", "refresh-0", SECRET):
        assert secret not in shown


def test_tokens_are_not_in_the_file(state: State, sign_in: SignIn, tmp_path: Path) -> None:
    state.close()
    assert b"refresh-0" not in (tmp_path / "home" / "state.db").read_bytes()


def test_a_key_from_the_environment(tmp_path: Path, setup: Setup, sign_in: SignIn, state: State) -> None:
    with open_state(tmp_path / "other", "A" * 43 + "=") as other:
        sign_ins.save(other, sign_in, sign_ins.tokens(state, sign_in))
        assert access_token(setup, other, "ann-id", clock=Clock()) == "access-0"
        assert not (other.root / KEY_FILE).exists()
