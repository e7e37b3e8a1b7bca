"""A whole session at DEBUG level, and nothing that opens an account in anything that is printed or kept."""

import signal
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from households import Household, free_callback

from calling import Answer, ended
from groovelog.demo.people import JUNO
from groovelog.demo.standin import App, Clock, Fault, Standin, approved, demo_standin, served
from groovelog.demo.standin.invented import CLIENT_ID, CLIENT_SECRET
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state.database import open_state
from groovelog.tables import TABLES

DEBUG = {"GROOVELOG_LOG_LEVEL": "DEBUG"}
TOKEN = "/api/token"  # noqa: S105 (a path)


def handed_out(standin: Standin) -> set[str]:
    """Fills with every code, token, verifier and header of a client that comes or goes over the token endpoint."""
    found: set[str] = set()
    real = standin.oauth.token

    def token(authorization: str | None, form: Mapping[str, str]) -> dict[str, object]:
        found.update(form[key] for key in ("code", "code_verifier", "refresh_token") if form.get(key))
        found.update((authorization or "").split()[1:])
        told = real(authorization, form)
        found.update(str(told[key]) for key in ("access_token", "refresh_token") if told.get(key))
        return told

    standin.oauth.token = token  # type: ignore[method-assign]
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def location(address: str) -> str:
    """Where a page sends the browser."""
    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(_Stay).open(address, timeout=20)
    with closing(sent.value):
        return str(sent.value.headers["Location"])


def over_the_server(juno: Household) -> Answer:
    """A sign-in by the routes of `groovelog serve`; what that printed."""
    at = juno.app.redirect_uris[0].removesuffix("/callback")
    process = juno.start("serve", "--port", at.rpartition(":")[2], **DEBUG)
    try:
        wait_for(f"{at}/healthz")
        back = approved(location(f"{at}/connect?listener=Juno"), "juno")
        assert location(back) == "/spotify?listener=Juno"
        with pytest.raises(urllib.error.HTTPError) as again:
            urllib.request.urlopen(back, timeout=20)  # noqa: S310 (its code is used)
        again.value.close()
    finally:
        process.terminate()
        answer = ended(process)
    return answer


def wait_for(address: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.05)
        else:
            return


# What befalls one `collect` after the other, and whether that one reads plays all the same.
SOME: tuple[tuple[list[Fault], bool], ...] = (
    ([], True),
    ([Fault("truncated")], True),
    ([Fault("unauthorized"), Fault("invalid_grant", path=TOKEN)], False),
)
MANY: tuple[tuple[list[Fault], bool], ...] = (
    ([Fault("unauthorized")], True),
    ([Fault("server_error", times=3)], False),
    ([Fault("nonsense")], True),
    ([Fault("rate_limited", retry_after=1)], True),
    ([Fault("forbidden", path="/v1/me/player")], False),
    ([Fault("unauthorized"), Fault("server_error", path=TOKEN)], False),
    ([Fault("unauthorized"), Fault("nonsense", path=TOKEN)], False),
    *SOME,
)


@pytest.mark.parametrize(
    ("secret", "faults"),
    [
        pytest.param(None, SOME, id="pkce"),
        pytest.param(CLIENT_SECRET, MANY, id="secret", marks=pytest.mark.long),
    ],
)
def test_nothing_secret_is_printed_or_kept(
    tmp_path: Path, secret: str | None, faults: tuple[tuple[list[Fault], bool], ...]
) -> None:
    app = App(CLIENT_ID, secret, (free_callback(),), rotates=True)
    standin = demo_standin(Clock(datetime.now(UTC)), people=[JUNO], apps=[app])
    secrets = handed_out(standin)
    home = Home(tmp_path / "home")
    with served(standin) as address, open_state(home.root) as state:
        juno = Household(home, state, standin, address, app)
        told = [juno.login("Juno", "juno", **DEBUG)]
        standin.clock.advance(timedelta(hours=2))
        for ordered, _ in faults:
            for fault in ordered:
                standin.faults.order(fault)
            told.append(juno.run("collect", **DEBUG))
            standin.faults.clear()
        told += [juno.run("status", **DEBUG), over_the_server(juno), juno.run("collect", "--json", **DEBUG)]
        for name in ("state.db", "state.db-wal", "state.db-shm", "secret.key"):
            path = home.root / name
            assert not path.exists() or stat.S_IMODE(path.stat().st_mode) == 0o600, name
        kept = {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}
        with open_snapshot(home.lake) as snapshot:
            rows = "".join(
                str(snapshot.connection.execute(f"SELECT t::VARCHAR FROM {table.view} t").fetchall())
                for table in TABLES
            )
        told.append(juno.run("disconnect", "--listener", "Juno", "--purge", **DEBUG))
    read = [0 if well else 1 for _, well in faults]
    assert [answer.code for answer in told] == [0, *read, 0, -signal.SIGTERM, 0, 0]
    assert "DEBUG" in "".join(answer.err for answer in told)
    key = (home.root / "secret.key").read_text().strip()
    looked_for = {*secrets, key, *([secret] if secret else [])}
    assert len(looked_for) > 8
    printed = "".join(answer.out + answer.err for answer in told) + rows
    for word in looked_for:
        assert word not in printed
        assert [path for path, content in kept.items() if word.encode() in content and path.name != "secret.key"] == []
