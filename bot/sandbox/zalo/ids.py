"""Ids as Zalo writes them: opaque hex, the same in every run."""

import hashlib

__all__ = ["opaque_id"]


def opaque_id(kind: str, number: int | str) -> str:
    """20 hex digits."""
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:20]
