"""Words that open something: random, told once to whom they are for, and kept as hashes alone."""

import hashlib
import secrets

BYTES = 32


def new_word() -> str:
    """256 random bits, fit for an address and a cookie: nobody guesses it."""
    return secrets.token_urlsafe(BYTES)


def hashed(word: str) -> str:
    """As it is kept. The word is random as a whole, so a slow hash would add nothing."""
    return hashlib.sha256(word.encode()).hexdigest()
