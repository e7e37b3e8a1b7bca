"""A lake in a bucket: GROOVELOG_LAKE, or `lake` in config.toml; keys and endpoint by the names that all tools of S3 read."""

import re
from functools import reduce
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from groovelog.config import file
from groovelog.config.env_file import FromFileAlone, warn_if_open
from groovelog.errors import UsageError
from groovelog.lake.bucket import DEFAULT_CACHE_GB, Bucket
from groovelog.lake.s3 import Access, shown

# Names of buckets as S3 has them; of the characters that S3 takes in a key, those that Delta and DuckDB leave as they are.
_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*))?/?")


class _Told(BaseSettings):
    """The lines, from the environment."""

    model_config = SettingsConfigDict(env_prefix="AWS_", env_ignore_empty=True, extra="ignore")

    access_key_id: str | None = None
    secret_access_key: SecretStr | None = None
    session_token: SecretStr | None = None
    endpoint_url: str | None = None
    region: str | None = None
    default_region: str | None = None


class _ToldInFile(FromFileAlone, _Told):
    """The lines, from a file alone."""


def bucket(lake: str | None, cache_gb: float | None, root: Path, folders: list[Path]) -> Bucket | None:
    """The bucket that the lake is in; None where it is in the home. The environment's word, else that of config.toml.

    Raises UsageError for what cannot be used. Keys come from the environment, else from .env in the folders.
    """
    address = lake if lake is not None else file.read(root / "config.toml").get("lake")
    return None if address is None else bucket_at(str(address), cache_gb, root, folders)


def bucket_at(address: str, cache_gb: float | None, root: Path, folders: list[Path]) -> Bucket:
    """The bucket of an address, s3://BUCKET/PREFIX. Raises UsageError as `bucket` does."""
    config = root / "config.toml"
    told = file.read(config)
    room = cache_gb if cache_gb is not None else told.get("lake_cache_gb", DEFAULT_CACHE_GB)
    if isinstance(room, bool) or not isinstance(room, int | float) or room < 0:
        raise UsageError(f"{config}: lake_cache_gb is a number of gigabytes, such as 4.")
    name, prefix = parsed(address)
    return Bucket(name, prefix, access(folders), root, float(room))


def parsed(address: str) -> tuple[str, str]:
    """Bucket and prefix of s3://bucket/prefix. Raises UsageError for anything else."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or ".." in address:
        raise UsageError(
            f"The place {shown(address)!r} cannot be used. It is s3://BUCKET/PREFIX, of letters, digits, . _ and -; keys are "
            "lines of their own, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    return found[1], found[2] or ""


def access(folders: list[Path]) -> Access:
    """How buckets are reached: each line from the environment, else from the first .env that has it."""
    files = [folder / ".env" for folder in dict.fromkeys(folders) if (folder / ".env").is_file()]
    lines = reduce(lambda known, more: more | known, [_lines(_Told()), *map(_in_file, files)])
    if ("access_key_id" in lines) != ("secret_access_key" in lines):
        raise UsageError("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both, or none of them.")
    endpoint = lines.get("endpoint_url")
    if endpoint is not None and not re.fullmatch(r"https?://[^/@\s]+/?", endpoint):
        raise UsageError(
            "AWS_ENDPOINT_URL cannot be used. It is the address of the store, as https://s3.example.org, without a bucket."
        )
    region = lines.get("region") or lines.get("default_region") or Access.region
    secret, token = lines.get("secret_access_key"), lines.get("session_token")
    return Access(endpoint and endpoint.rstrip("/"), lines.get("access_key_id"), secret, token, region)


def _in_file(path: Path) -> dict[str, str]:
    try:
        told = _ToldInFile(_env_file=path, _env_file_encoding="utf-8")  # type: ignore[call-arg]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read. It has to hold lines such as AWS_ACCESS_KEY_ID=...") from error
    if told.secret_access_key:
        warn_if_open(path)
    return _lines(told)


def _lines(told: _Told) -> dict[str, str]:
    plain = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in told.model_dump().items()
    }
    return {name: value for name, value in plain.items() if value}
