"""Passwords: hashed with Argon2id, and compared in a time that does not tell whether there is one."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# A hash takes 64 MiB (the library's choice, RFC 9106's second): a few at a time, however many ask.
_ROOM = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()

# Of no password that anybody has: what is compared with where there is none.
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$c29tZSBzYWx0IG9mIG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def hash_of(password: str) -> str:
    with _ROOM:
        return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; without a hash never, and no sooner."""
    with _ROOM:
        try:
            _HASHER.verify(password_hash or _NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None
