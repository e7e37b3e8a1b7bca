"""Settings of the environment."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from groovelog.config.bucket import access, bucket, bucket_at, parsed
from groovelog.config.hosting import Hosting, hosting
from groovelog.config.spotify_apps import spotify_apps
from groovelog.errors import UsageError
from groovelog.lake.folder import Folder
from groovelog.lake.home import Home
from groovelog.lake.place import Place
from groovelog.spotify.apps import DAILY_BUDGET, Setup

if TYPE_CHECKING:
    from groovelog.pipeline.backup.store import StoreOf

LogFormat = Literal["plain", "json"]
LOG_FORMATS: tuple[LogFormat, ...] = ("plain", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Settings(BaseSettings):
    """From the environment, with the prefix GROOVELOG_; set to nothing is not set.

    Raises UsageError for a value that cannot be used.
    """

    model_config = SettingsConfigDict(env_prefix="GROOVELOG_", env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("groovelog"),
        description="The folder that holds the lake; the platform's data folder unless set.",
    )
    lake: str | None = Field(
        default=None, description="s3://BUCKET/PREFIX: the lake is there, and not in the home; its keys are AWS_..."
    )
    lake_cache_gb: float | None = Field(
        default=None,
        ge=0,
        description="So many gigabytes of a lake in a bucket are kept in the home, to be read again: 4.",
    )
    log_level: str = Field(default="WARNING", description="DEBUG also shows tracebacks.")
    log_format: str = Field(default="plain", description="json: the server logs one JSON object a line.")

    secret_key: SecretStr | None = Field(
        default=None,
        description="The key that tokens are sealed with: urlsafe-base64 of 32 bytes; else the file secret.key in the home.",
    )
    spotify_api_url: str = Field(default=Setup.api_url, description="Where the Web API is.")
    spotify_accounts_url: str = Field(default=Setup.accounts_url, description="Where Spotify's sign-in is.")
    spotify_daily_budget: int = Field(
        default=DAILY_BUDGET, ge=1, description="Calls of the Web API in 24 hours, for each developer account."
    )

    group_lake: str | None = Field(
        default=None,
        description="The group's lake, to which `lake push` sends and from which `lake pull` brings: a folder, or s3://….",
    )
    group: bool | None = Field(
        default=None, description="1: sign-in is required, also where the server listens on this machine alone."
    )
    public_url: str | None = Field(
        default=None, description="The address that people use behind a proxy, as https://music.example.org."
    )

    backup_to: str | None = Field(
        default=None,
        description="Where backups go, a folder or s3://BUCKET/PREFIX; the server then makes them by itself.",
    )
    backup_every_hours: float = Field(default=24, gt=0, description="How old the last backup is when the next is made.")
    backup_keep: int = Field(default=7, ge=1, description="How many of the newest backups are kept.")
    backup_keep_weeks: int = Field(
        default=4, ge=0, description="Of how many weeks the newest backup is kept beside these."
    )

    def __init__(self, **told: Any) -> None:
        try:
            super().__init__(**told)
        except ValidationError as error:
            fault = error.errors(include_input=False, include_url=False)[0]
            name = f"GROOVELOG_{fault['loc'][0]}".upper()
            raise UsageError(f"{name} cannot be used: {fault['msg']}. Set it anew, or unset it.") from None

    @property
    def sealing_key(self) -> str | None:
        return self.secret_key.get_secret_value() if self.secret_key else None

    def spotify(self, home: Home) -> Setup:
        """The API apps that are set up now, and where Spotify is. Raises UsageError for a config.toml that cannot be used."""
        return Setup(
            apps=spotify_apps([Path.cwd(), home.root.absolute()], home.root / "config.toml"),
            api_url=self.spotify_api_url.rstrip("/"),
            accounts_url=self.spotify_accounts_url.rstrip("/"),
            daily_budget=self.spotify_daily_budget,
        )

    def hosting(self, home: Home) -> Hosting:
        """For whom a server is. Raises UsageError for a config.toml or an address that cannot be used."""
        return hosting(self.group, self.public_url, home.root / "config.toml")

    def store_of(self, home: Home) -> "StoreOf":
        """Gives a place for backups by its name: a folder, or s3://BUCKET/PREFIX. Raises UsageError for what is neither."""
        from groovelog.pipeline.backup.bucket_store import BucketStore  # noqa: PLC0415 (what other commands do without)
        from groovelog.pipeline.backup.store import folder_at  # noqa: PLC0415

        folders = [Path.cwd(), home.root.absolute()]
        return lambda to: BucketStore(*parsed(to), access(folders)) if to.startswith("s3://") else folder_at(to)

    def logged_from(self) -> str:
        """The level from which on messages are logged. Raises UsageError where it is none."""
        level = self.log_level.upper()
        if level not in LOG_LEVELS:
            raise UsageError(f"GROOVELOG_LOG_LEVEL is {self.log_level!r}. Choose one of {', '.join(LOG_LEVELS)}.")
        return level

    def logged_as(self) -> LogFormat:
        """How the server logs. Raises UsageError where it is neither."""
        for known in LOG_FORMATS:
            if self.log_format.lower() == known:
                return known
        raise UsageError(f"GROOVELOG_LOG_FORMAT is {self.log_format!r}. Choose one of {', '.join(LOG_FORMATS)}.")

    def group_place(self, home: Home, told: str | None) -> Place | None:
        """Where the group's lake is: as told, else as set; None where it is neither. Raises UsageError as `home_at` does."""
        address = told or self.group_lake
        if not address:
            return None
        if "://" in address:  # of other places `parsed` says what is taken
            return bucket_at(address, self.lake_cache_gb, home.root, [Path.cwd(), home.root.absolute()])
        path = Path(address).expanduser().absolute()
        Home(path)  # its path is good for a lake
        return Folder(path)

    def home_at(self, override: Path | None) -> Home:
        """The home of this call: `--home`, else GROOVELOG_HOME, else the platform's; and the bucket of its lake, if any.

        Raises UsageError for a path, a bucket or keys that cannot be used.
        """
        root = (override or self.home).expanduser()
        Home(root)  # its path is good for a lake, before config.toml is looked for there
        return Home(root, bucket(self.lake, self.lake_cache_gb, root, [Path.cwd(), root.absolute()]))
