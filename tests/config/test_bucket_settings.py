"""Where the lake is, and by which keys: the environment, .env and config.toml."""

from pathlib import Path

import pytest

from groovelog.config import Settings
from groovelog.config.bucket import parsed
from groovelog.errors import GroovelogError, UsageError
from groovelog.lake.folder import Folder
from groovelog.lake.home import Home

NAMES = ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "ENDPOINT_URL", "REGION", "DEFAULT_REGION")


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*(f"AWS_{name}" for name in NAMES), "GROOVELOG_LAKE", "GROOVELOG_LAKE_CACHE_GB"):
        monkeypatch.delenv(name, raising=False)


def at(root: Path) -> Home:
    return Settings().home_at(root)


def write(path: Path, text: str, mode: int = 0o600) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_the_lake_is_in_the_home_unless_told(tmp_path: Path) -> None:
    assert at(tmp_path / "home").lake == Folder(tmp_path / "home" / "lake")


def test_the_environment_comes_before_config_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "home" / "config.toml", 'lake = "s3://from-file/a/b"\nlake_cache_gb = 2\n')
    assert (str(at(tmp_path / "home").lake), at(tmp_path / "home").bucket.cache_gb) == ("s3://from-file/a/b", 2.0)
    monkeypatch.setenv("GROOVELOG_LAKE", "s3://from-environment")
    monkeypatch.setenv("GROOVELOG_LAKE_CACHE_GB", "0.5")
    assert (str(at(tmp_path / "home").lake), at(tmp_path / "home").bucket.cache_gb) == ("s3://from-environment", 0.5)


def test_keys_come_line_by_line_from_the_environment_or_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("GROOVELOG_LAKE", "s3://music/lake/")
    monkeypatch.setenv("AWS_REGION", "auto")
    file = tmp_path / "home" / ".env"
    write(
        file,
        "AWS_ACCESS_KEY_ID=k\nAWS_SECRET_ACCESS_KEY=hush\nAWS_ENDPOINT_URL=https://s3.example.org/\nAWS_REGION=no\n",
    )
    access = at(tmp_path / "home").bucket.access
    assert (access.endpoint, access.key, access.secret, access.region) == (
        "https://s3.example.org",
        "k",
        "hush",
        "auto",
    )
    assert "hush" not in repr(at(tmp_path / "home"))
    assert caplog.text == ""
    file.chmod(0o644)
    assert at(tmp_path / "home").bucket.access == access
    assert "Others on this machine can read the secret" in caplog.text


@pytest.mark.parametrize(
    "address", ["/srv/lake", "s3://", "s3://B/x", "s3://music/a=1", "s3://music/a/../b", "s3://music/a b", "gs://m/x"]
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError, match="It is s3://BUCKET/PREFIX"):
        parsed(address)


@pytest.mark.parametrize("address", ["s3://key:hush@music/lake", "s3://key:hu/sh@music", "gs://k:hush@music/lake"])
def test_keys_in_an_address_are_not_told_again(tmp_path: Path, address: str) -> None:
    settings = Settings()
    for refused in (
        lambda: parsed(address),
        lambda: settings.group_place(Home(tmp_path), address),
        lambda: settings.store_of(Home(tmp_path))(address),
    ):
        with pytest.raises(GroovelogError) as told:
            refused()
        assert "hu" not in told.value.message


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("AWS_ACCESS_KEY_ID=k", "belong together: set both"),
        ("AWS_ENDPOINT_URL=s3.example.org", "It is the address of the store, as https://s3.example.org"),
        ("AWS_ENDPOINT_URL=https://user:word@s3.example.org", "It is the address of the store"),
    ],
)
def test_keys_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str) -> None:
    monkeypatch.setenv("GROOVELOG_LAKE", "s3://music/lake")
    write(tmp_path / "home" / ".env", line)
    with pytest.raises(UsageError, match=sentence) as told:
        at(tmp_path / "home")
    assert "word" not in told.value.message


def test_a_cache_of_no_size(tmp_path: Path) -> None:
    write(tmp_path / "home" / "config.toml", 'lake = "s3://music/lake"\nlake_cache_gb = "much"\n')
    with pytest.raises(UsageError, match="lake_cache_gb is a number of gigabytes"):
        at(tmp_path / "home")
