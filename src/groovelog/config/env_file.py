"""Lines NAME=VALUE of .env files, in which secrets may stand."""

import logging
import os
import stat
from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

log = logging.getLogger(__name__)


class FromFileAlone(BaseSettings):
    """Settings that do not look at the environment: `_env_file` names where they stand."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (dotenv_settings,)


def warn_if_open(path: Path) -> None:
    """Of a file with a secret that others on this machine can read."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        _warn_of(path)


@cache
def _warn_of(path: Path) -> None:
    """Once in the life of a process: pages read the settings whenever they are drawn."""
    log.warning("Others on this machine can read the secret in %s. Let only yourself: chmod 600 %s", path, path)
