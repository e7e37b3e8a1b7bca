"""Speaking to S3, R2 or MinIO; the only home of `s3fs`, which is loaded when something has to be asked."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from groovelog.errors import BucketError, GroovelogError

if TYPE_CHECKING:
    from s3fs import S3FileSystem

# Seconds, tries: a bucket that stalls is told of within a minute or two, and one that is busy is asked again.
CONNECT_S, ANSWER_S, TRIES = 5, 20, 4
# A disk of this machine without room is no fault of the bucket.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Access:
    """How a bucket is reached. Without an endpoint it is Amazon's; without a key, what the machine has is used."""

    endpoint: str | None = None
    key: str | None = None
    secret: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    region: str = "us-east-1"

    @property
    def name(self) -> str:
        return self.endpoint or "Amazon S3"

    @property
    def options(self) -> dict[str, str]:
        """As delta-rs takes it. A commit is a put that fails where the object is there already."""
        told = {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.key,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_SESSION_TOKEN": self.token,
            "AWS_REGION": self.region,
            "AWS_ALLOW_HTTP": "true" if (self.endpoint or "").startswith("http://") else None,
            "aws_conditional_put": "etag",
            "connect_timeout": f"{CONNECT_S}s",
            "timeout": f"{ANSWER_S}s",
            "max_retries": str(TRIES - 1),
            "retry_timeout": f"{ANSWER_S * TRIES}s",
        }
        return {name: value for name, value in told.items() if value is not None}


@cache
def client(access: Access) -> "S3FileSystem":
    """One for the life of the process; for every thread."""
    from s3fs import S3FileSystem  # noqa: PLC0415 (0.5 s that a report whose files are near can do without)

    reached: dict[str, Any] = {
        "connect_timeout": CONNECT_S,
        "read_timeout": ANSWER_S,
        "retries": {"mode": "standard", "total_max_attempts": TRIES},
        # Newer checksums are not known everywhere.
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
        "max_pool_connections": 32,
    }
    if access.endpoint:
        reached["s3"] = {"addressing_style": "path"}
    made = S3FileSystem(
        key=access.key,
        secret=access.secret,
        token=access.token,
        endpoint_url=access.endpoint,
        client_kwargs={"region_name": access.region},
        config_kwargs=reached,
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    made.retries = 1  # those above are enough
    return made


def shown(address: str) -> str:
    """An address as messages tell it: who wrote keys into it, as some tools take them, does not read them in a log."""
    return re.sub(r"://.*@", "://...@", address)


# What the words of an error, of botocore's or of delta-rs, tell: the first that is in them.
_WORDS = (
    (r"NoSuchBucket|specified bucket does not exist", "no bucket"),
    (
        r"InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|Access Key Id|signature we calculated",
        "keys",
    ),
    (r"NoCredentials|Unable to locate credentials|credential", "keys"),
    (r"AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraint", "region"),
    (r"AccessDenied|Access Denied|\b403\b|Forbidden", "not allowed"),
    (r"SlowDown|reduce your request rate|ServiceUnavailable|InternalError|\b50[0234]\b", "busy"),
    (
        r"could not connect|client error \(Connect\)|tcp connect|connect timeout|dns error|Name or service",
        "unreachable",
    ),
    (r"timed out|read timeout|ServerTimeout", "slow"),
    (r"error sending request|ConnectionClosed|Connection", "unreachable"),
)

_SENTENCES = {
    "no bucket": "There is no bucket {bucket} at {name}: make it there, or name another.",
    "keys": "{name} does not take these keys for the bucket {bucket}: look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    "not allowed": "{name} does not let these keys {what} in the bucket {bucket}: they have to be allowed to list, read, "
    "write and delete objects.",
    "region": "The bucket {bucket} is in another region of {name}: look at AWS_REGION.",
    "busy": "{name} is too busy to answer now, and nothing was stored: try again in some minutes.",
    "slow": "{name} does not answer in time, and nothing was stored: look at the network, and try again.",
    "unreachable": "{name} cannot be reached, and nothing was stored: look at AWS_ENDPOINT_URL and the network.",
    "other": "The bucket {bucket} at {name} cannot be used: {words}",
}


@contextmanager
def asked(access: Access, bucket: str, what: str) -> Iterator[None]:
    """Raises what goes wrong outside as `fault` tells it; FileNotFoundError for an object (not a bucket) that is not there."""
    try:
        yield
    except GroovelogError:
        raise
    except Exception as error:  # botocore's, aiohttp's and s3fs's have no root of their own
        # s3fs calls a bucket that is not there a file that is not there, too.
        missing = isinstance(error, FileNotFoundError) and "NoSuchBucket" not in repr(error.__cause__)
        if missing or (isinstance(error, OSError) and error.errno in _NO_ROOM):
            raise
        raise fault(access, bucket, error, what) from error


def fault(access: Access, bucket: str, error: BaseException, what: str) -> BucketError:
    """What went wrong in one sentence, without keys; `what` was tried: "read", "write", "delete"."""
    words = f"{type(error).__name__} {type(error.__cause__).__name__} {error} {error.__cause__}"
    kind = next((kind for known, kind in _WORDS if re.search(known, words, re.IGNORECASE)), "other")
    first = next(iter(str(error).splitlines()), type(error).__name__)
    return BucketError(_SENTENCES[kind].format(bucket=bucket, name=access.name, what=what, words=first))
