"""Settings, read once, by the surfaces only: from the environment, from config.toml and .env files in the home."""

from groovelog.config.hosting import Hosting
from groovelog.config.settings import LOG_LEVELS, Settings

__all__ = ["LOG_LEVELS", "Hosting", "Settings"]
