"""Seal secrets before they are kept, and open them again: AES-GCM under a key of 32 bytes.

The key is GROOVELOG_SECRET_KEY, else the file secret.key in the home, of mode 0600, made at first use. Whoever copies
state.db without the key has no token.
"""

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groovelog.errors import StateError
from groovelog.state.database import State

KEY_FILE = "secret.key"
KEY_BYTES, NONCE_BYTES = 32, 12

_MAKE_ONE = 'Make one: python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'


class Unsealable(Exception):
    """Sealed under another key, or damaged."""


def seal(state: State, secret: str) -> bytes:
    """The secret sealed under the key of this home. Raises StateError for a key of a wrong form."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(state, make=True)).encrypt(nonce, secret.encode(), None)


def unseal(state: State, sealed: bytes) -> str:
    """The secret again. Raises Unsealable where the key is lost or another, StateError for a key of a wrong form."""
    try:
        key = _key(state, make=False)
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
    except (InvalidTag, FileNotFoundError, ValueError) as error:
        raise Unsealable from error


def _key(state: State, *, make: bool) -> bytes:
    if state.key is not None:
        key = _decoded(state.key)
        if key is None:
            raise StateError(f"GROOVELOG_SECRET_KEY is not a urlsafe-base64 key of {KEY_BYTES} bytes. {_MAKE_ONE}")
        return key
    path = state.root / KEY_FILE
    try:
        if make and not path.exists():
            _make(path)
        key = _decoded(path.read_text(encoding="ascii", errors="replace").strip())
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StateError(f"{path} cannot be used: {error.strerror}.") from error
    if key is None:
        raise StateError(
            f"{path} is damaged. Your plays are safe. Delete it, and sign in again: groovelog login --listener NAME"
        )
    return key


def _make(path: Path) -> None:
    """Write the file whole under another name first: two processes that make it at once then read the same key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{KEY_FILE}-{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)


def _decoded(text: str) -> bytes | None:
    """The key; None for what is none."""
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
