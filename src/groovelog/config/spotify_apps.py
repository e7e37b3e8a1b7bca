"""Which API apps are set up: the environment, `.env` and `.env.NAME` files, `[[spotify.apps]]` of config.toml.

Secrets stand in the environment and in .env files alone: config.toml is a file that people share.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from groovelog.config import file
from groovelog.config.env_file import FromFileAlone, warn_if_open
from groovelog.errors import UsageError
from groovelog.spotify.apps import REDIRECT_URI, USERS, App

# What projects ship to be copied; no listener's.
SAMPLES = ("example", "sample", "template")


class _Told(BaseSettings):
    """The three lines, from the environment."""

    model_config = SettingsConfigDict(env_prefix="SPOTIFY_", env_ignore_empty=True, extra="ignore")

    client_id: str | None = None
    client_secret: SecretStr | None = None
    redirect_uri: str | None = None


class _ToldInFile(FromFileAlone, _Told):
    """The three lines, from a file alone."""


class _Listed(BaseModel):
    """One of `[[spotify.apps]]`. `users`: how many people the app takes; `developer`: whose quota it shares."""

    model_config = ConfigDict(extra="forbid")

    client_id: str = Field(min_length=1)
    developer: str = ""
    users: int = Field(default=USERS, ge=1)
    redirect_uri: str = REDIRECT_URI


@dataclass(frozen=True)
class _Found:
    told: _Told
    listener: str | None


def spotify_apps(folders: list[Path], config: Path) -> tuple[App, ...]:
    """Every app once: the environment's, those of .env files in the folders, then those of config.toml.

    Warns of a file with a secret that others can read. Raises UsageError for what cannot be used.
    """
    apps: dict[str, App] = {}
    listed = {app.client_id: app for app in _listed(config)}
    for found in [_Found(_Told(), None), *_in_files(folders)]:
        client_id = found.told.client_id
        if client_id:
            apps[client_id] = _with(apps.get(client_id), listed.get(client_id), client_id, found)
    return tuple((listed | apps)[client_id] for client_id in apps | listed)


def _with(known: App | None, listed: App | None, client_id: str, found: _Found) -> App:
    """The app with what is told here; what was told before is kept, what config.toml lists comes last."""
    secret = found.told.client_secret.get_secret_value() if found.told.client_secret else None
    own = frozenset({found.listener} if found.listener else ())
    redirect_uri = found.told.redirect_uri
    if known is not None:
        shared = known.shared or not own
        return replace(known, secret=known.secret or secret, listeners=known.listeners | own, shared=shared)
    if listed is not None:
        return replace(listed, secret=secret, listeners=own, redirect_uri=redirect_uri or listed.redirect_uri)
    return App(client_id, secret, redirect_uri or REDIRECT_URI, listeners=own, shared=not own)


def _in_files(folders: list[Path]) -> list[_Found]:
    found = []
    for folder in dict.fromkeys(folders):
        for path in sorted(path for path in folder.glob(".env*") if path.is_file()):
            listener = path.name.removeprefix(".env").removeprefix(".") or None
            if (path.name == ".env" or path.name.startswith(".env.")) and listener not in SAMPLES:
                found.append(_Found(_read(path), listener))
    return found


def _read(path: Path) -> _Told:
    try:
        told = _ToldInFile(_env_file=path, _env_file_encoding="utf-8")  # type: ignore[call-arg]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read. It has to hold lines such as SPOTIFY_CLIENT_ID=...") from error
    if told.client_secret:
        warn_if_open(path)
    return told


def _listed(config: Path) -> list[App]:
    told = file.read(config)
    section = told.get("spotify", {})
    rows = section.get("apps", []) if isinstance(section, dict) else None
    if not isinstance(rows, list):
        raise UsageError(f"{config}: apps are written as [[spotify.apps]], each with its client_id.")
    try:
        apps = [_Listed.model_validate(row) for row in rows]
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"{config}: [[spotify.apps]] cannot be used: {where}: {fault['msg']}") from None
    return [App(app.client_id, None, app.redirect_uri, app.developer, app.users) for app in apps]
