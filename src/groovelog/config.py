"""Settings, read once, by the surfaces only."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from groovelog.errors import UsageError
from groovelog.lake.home import Home

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Settings(BaseSettings):
    """From the environment, with the prefix GROOVELOG_; set to nothing is not set."""

    model_config = SettingsConfigDict(env_prefix="GROOVELOG_", env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("groovelog"),
        description="The folder that holds the lake; the platform's data folder unless set.",
    )
    log_level: str = Field(default="WARNING", description="DEBUG also shows tracebacks.")

    def logged_from(self) -> str:
        """The level from which on messages are logged. Raises UsageError where it is none."""
        level = self.log_level.upper()
        if level not in LOG_LEVELS:
            raise UsageError(f"GROOVELOG_LOG_LEVEL is {self.log_level!r}. Choose one of {', '.join(LOG_LEVELS)}.")
        return level

    def home_at(self, override: Path | None) -> Home:
        """The home of this call: `--home`, else GROOVELOG_HOME, else the platform's."""
        return Home((override or self.home).expanduser())
