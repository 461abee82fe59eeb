"""Codes for /start: random, and kept only as their SHA-256."""

import hashlib
import secrets

BYTES = 16


def fresh() -> str:
    """A code of 128 random bits."""
    return secrets.token_urlsafe(BYTES)


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()
