"""Backups in a bucket of S3, R2 or MinIO. An object is there whole, or it is not there."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from groovelog.lake import s3


@dataclass(frozen=True)
class BucketStore:
    """The objects under `prefix` ("": all) of a bucket. What goes wrong there is a BucketError."""

    bucket: str
    prefix: str
    access: s3.Access

    @property
    def title(self) -> str:
        return f"s3://{self._at}"

    def sizes(self, folder: str) -> dict[str, int]:
        with s3.asked(self.access, self.bucket, "read"):
            found = s3.client(self.access).find(f"{self._at}/{folder}".rstrip("/"), detail=True)
        skipped = len(self._at) + 1
        return {name[skipped:]: told["size"] for name, told in found.items()}

    def read(self, name: str) -> bytes:
        with s3.asked(self.access, self.bucket, "read"):
            content: bytes = s3.client(self.access).cat_file(self._path(name))
        return content

    def fetch(self, name: str, to: Path) -> str:
        content = self.read(name)
        with to.open("xb") as target:
            target.write(content)
        return hashlib.sha256(content).hexdigest()

    def put(self, name: str, path: Path) -> None:
        with s3.asked(self.access, self.bucket, "write"):
            s3.client(self.access).put_file(str(path), self._path(name))

    def write(self, name: str, content: bytes) -> None:
        with s3.asked(self.access, self.bucket, "write"):
            s3.client(self.access).pipe_file(self._path(name), content)

    def delete(self, name: str) -> None:
        with s3.asked(self.access, self.bucket, "delete"):
            s3.client(self.access).rm_file(self._path(name))

    def tidy(self) -> None:
        """Nothing: what was not written to its end is no object."""

    @property
    def _at(self) -> str:
        return f"{self.bucket}/{self.prefix}" if self.prefix else self.bucket

    def _path(self, name: str) -> str:
        return f"{self._at}/{name}"
