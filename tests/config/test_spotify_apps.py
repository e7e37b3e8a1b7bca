"""Where API apps come from, and where secrets may not stand."""

import logging
from pathlib import Path

import pytest

from groovelog.config import Settings
from groovelog.errors import NoCredentials, UsageError
from groovelog.lake.home import Home
from groovelog.spotify.apps import REDIRECT_URI, App, Setup


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "REDIRECT_URI"):
        monkeypatch.delenv(f"SPOTIFY_{name}", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def setup(folder: Path) -> Setup:
    return Settings().spotify(Home(folder / "home"))


def put(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTIFY_CLIENT_ID", "one")
    monkeypatch.setenv("SPOTIFY_CLIENT_SECRET", "hidden")
    monkeypatch.setenv("SPOTIFY_REDIRECT_URI", "")
    assert setup(folder).apps == (App("one", "hidden", REDIRECT_URI),)
    assert "hidden" not in repr(setup(folder))


def test_from_files_of_the_working_folder_and_the_home_and_from_config_toml(folder: Path) -> None:
    put(folder / "here" / ".env", "SPOTIFY_CLIENT_ID=one\nSPOTIFY_CLIENT_SECRET=s1\n")
    put(folder / "home" / ".env", 'SPOTIFY_CLIENT_ID="two"\nOTHER=x\n')
    put(folder / "home" / ".env.Ann", "SPOTIFY_CLIENT_ID=three\nSPOTIFY_CLIENT_SECRET=s3\n")
    put(folder / "home" / ".env.example", "SPOTIFY_CLIENT_ID=your-id\n")
    listed = (
        '[[spotify.apps]]\nclient_id = "two"\ndeveloper = "Dev"\nusers = 25\n[[spotify.apps]]\nclient_id = "four"\n'
    )
    put(folder / "home" / "config.toml", listed, 0o644)
    assert setup(folder).apps == (
        App("one", "s1"),
        App("two", None, developer="Dev", most_users=25),
        App("three", "s3", listeners=frozenset({"Ann"}), shared=False),
        App("four"),
    )


def test_the_redirect_address_of_a_listed_app_may_stand_beside_its_secret(folder: Path) -> None:
    here, listed = "http://127.0.0.1:9000/callback", "http://127.0.0.1:7000/callback"
    put(folder / "home" / "config.toml", '[[spotify.apps]]\nclient_id = "one"\nusers = 25\n')
    put(folder / "home" / ".env", f"SPOTIFY_CLIENT_ID=one\nSPOTIFY_CLIENT_SECRET=s1\nSPOTIFY_REDIRECT_URI={here}\n")
    assert setup(folder).apps == (App("one", "s1", here, most_users=25),)
    put(folder / "home" / "config.toml", f'[[spotify.apps]]\nclient_id = "one"\nredirect_uri = "{listed}"\n')
    put(folder / "home" / ".env", "SPOTIFY_CLIENT_ID=one\nSPOTIFY_CLIENT_SECRET=s1\n")
    assert setup(folder).apps == (App("one", "s1", listed),)


def test_a_listeners_own_app_comes_first_then_the_one_they_had_then_one_with_room(folder: Path) -> None:
    apps = (App("full"), App("roomy"), App("anns", listeners=frozenset({"Ann"}), shared=False))
    users = {"full": 5}
    found = Setup(apps)
    assert found.app_for("Ann", "full", users).client_id == "anns"
    assert found.app_for("Bob", "full", users).client_id == "full"
    assert found.app_for("Bob", None, users).client_id == "roomy"
    assert found.app_for("Bob", "anns", users).client_id == "roomy"
    with pytest.raises(NoCredentials):
        found.app("gone")


def test_a_file_that_others_can_read_is_warned_of(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(folder / "home" / ".env", "SPOTIFY_CLIENT_ID=one\nSPOTIFY_CLIENT_SECRET=s1\n", 0o640)
    with caplog.at_level(logging.WARNING):
        setup(folder)
        setup(folder)
    assert caplog.text.count("WARNING") == 1
    assert "chmod 600" in caplog.text
    assert "s1" not in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        '[[spotify.apps]]\nclient_id = "one"\nclient_secret = "oops"\n',
        '[spotify]\nSECRET = "oops"\n',
    ],
)
def test_a_secret_in_config_toml_is_refused(folder: Path, text: str) -> None:
    put(folder / "home" / "config.toml", text)
    with pytest.raises(UsageError, match="secret") as refused:
        setup(folder)
    assert "oops" not in refused.value.message


@pytest.mark.parametrize(
    "text",
    [
        "[[spotify.apps]\n",
        "[[spotify.apps]]\n",
        '[[spotify.apps]]\nclient_id = "a"\nuser = 3\n',
        "spotify = 3\n",
        "[spotify]\napps = 3\n",
    ],
)
def test_a_config_toml_that_makes_no_sense_is_told(folder: Path, text: str) -> None:
    put(folder / "home" / "config.toml", text)
    with pytest.raises(UsageError, match=r"config\.toml"):
        setup(folder)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8888/callback",
        "http://127.0.0.1/callback",
        "http://example.org/callback",
        "nonsense",
        "http://[::1/",
    ],
)
def test_a_redirect_address_that_spotify_does_not_take(address: str) -> None:
    with pytest.raises(UsageError, match=r"http://127\.0\.0\.1:8888/callback"):
        App("one", redirect_uri=address)


def test_the_hosts_are_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (setup(folder).api_url, setup(folder).accounts_url) == (
        "https://api.spotify.com/v1",
        "https://accounts.spotify.com",
    )
    monkeypatch.setenv("GROOVELOG_SPOTIFY_API_URL", "http://127.0.0.1:9/v1/")
    assert setup(folder).api_url == "http://127.0.0.1:9/v1"
