"""For whom a server is: for one person, or for a group that signs in; and the address that people use."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from groovelog.config import file
from groovelog.errors import UsageError


@dataclass(frozen=True)
class Hosting:
    """`group`: sign-in is required wherever it listens. `public_url`: scheme and host that people use, behind a proxy."""

    group: bool = False
    public_url: str | None = None


def hosting(group: bool | None, public_url: str | None, config: Path) -> Hosting:
    """The environment's word, else that of config.toml. Raises UsageError for what cannot be used."""
    told = file.read(config)
    if group is None:
        group = told.get("group", False)
    if public_url is None:
        public_url = told.get("public_url")
    if not isinstance(group, bool):
        raise UsageError(f"{config}: group is true or false.")
    return Hosting(group, None if public_url is None else _origin(public_url))


def _origin(address: object) -> str:
    """The address in one form. Raises UsageError for one that is not scheme and host alone."""
    text = str(address).strip().rstrip("/").lower()
    try:
        parts = urlsplit(text)
        known = parts.scheme in {"http", "https"} and parts.hostname and f"{parts.scheme}://{parts.netloc}" == text
        usable = bool(known) and "@" not in text and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            f"The public address {str(address)!r} cannot be used. It is scheme and host, as https://music.example.org, "
            f"in GROOVELOG_PUBLIC_URL or as public_url in config.toml."
        )
    return text
