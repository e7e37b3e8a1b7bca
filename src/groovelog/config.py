"""Settings, read once, by the surfaces only."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from groovelog.lake.home import Home


class Settings(BaseSettings):
    """From the environment, with the prefix GROOVELOG_."""

    model_config = SettingsConfigDict(env_prefix="GROOVELOG_")

    home: Path = Field(
        default_factory=lambda: user_data_path("groovelog"),
        description="The folder that holds the lake; the platform's data folder unless set.",
    )
    log_level: str = Field(default="WARNING", description="DEBUG also shows tracebacks.")

    def home_at(self, override: Path | None) -> Home:
        """The home of this call: `--home`, else GROOVELOG_HOME, else the platform's."""
        return Home((override or self.home).expanduser())
