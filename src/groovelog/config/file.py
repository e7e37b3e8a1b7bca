"""config.toml in the home: settings that are no secrets."""

import tomllib
from pathlib import Path
from typing import Any

from groovelog.errors import UsageError


def read(config: Path) -> dict[str, Any]:
    """What it says; nothing where there is none. Raises UsageError where it cannot be read, or has a secret in it."""
    try:
        told = tomllib.loads(config.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):  # a home that is a file is told of where it is used
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = "it is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise UsageError(f"{config} cannot be read: {why}. Mend it, or take it away.") from error
    if (name := _secret_in(told)) is not None:
        raise UsageError(
            f"{config} has a secret in it ({name}). Take it out: secrets belong into the environment or into a .env file "
            f"that only you can read, as SPOTIFY_CLIENT_SECRET=..."
        )
    return told


def _secret_in(told: Any) -> str | None:
    """The name of the first key that speaks of a secret."""
    if isinstance(told, dict):
        for name, inner in told.items():
            if "secret" in name.lower():
                return str(name)
            if (deeper := _secret_in(inner)) is not None:
                return deeper
    if isinstance(told, list):
        return next((deeper for inner in told if (deeper := _secret_in(inner)) is not None), None)
    return None
