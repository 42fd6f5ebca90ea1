"""Files of the vault as links that soon stop working, where a platform or a person takes a file only by its URL.

A link's token is a sealed blob in base64url: the file's name in the vault, its type, and when the link ends. Whoever
holds it learns none of these, cannot change or make one, and finds no other by trying. Nobody's name, chat or message
is in it. It is stored nowhere: a restart and a rotated key keep it good, a key that is gone ends it. What cannot be
done: take one link back. It ends by itself, or with its file.
"""

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sealing import Seal, Unsealable

MEDIA = "/media/"
FETCHED_LASTS = 3600.0
"""Seconds, for what a platform fetches while it takes the message; an hour covers a fetch that it puts off."""
OPENED_LASTS = 48 * 3600.0
"""Seconds, for what people open when they read the message: as long as a relayed copy is in the vault."""

TOLD: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "audio/aac": ".aac",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}
"""Types that are told to a browser as they are, and how their links end: some platforms go by the ending."""
SAVED: Mapping[str, str] = {
    "audio/mp4": ".m4a",
    "video/quicktime": ".mov",
    "text/plain": ".txt",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""Types that are only saved, under an ending that a phone can open. Nothing that installs or runs is among them: people
would believe an app that comes from their police's own address."""
ENDINGS: Mapping[str, str] = {**TOLD, **SAVED}

_PURPOSE = "media-link"
_STORED = re.compile(r"[0-9a-f]{32}")
_LONGEST = 320  # letters; the longest that is made has 203


@dataclass(frozen=True, slots=True)
class Grant:
    """What a good token stands for. `mime` is one of `ENDINGS`, or empty; `ends` is UTC, in seconds."""

    stored: str = field(repr=False)
    mime: str
    ends: int


class Links:
    """Makes links under `public_url` (empty: none can be made) and opens their tokens."""

    def __init__(self, public_url: str, seal: Seal) -> None:
        self._public_url = public_url
        self._seal = seal

    def link(self, stored: str, mime: str, now: float, lasts: float = FETCHED_LASTS) -> str:
        """A link to a file of the vault, good for `lasts` seconds from `now` (UTC, in seconds).

        Empty without a public address: then say in words that there is a file. A type that is not in `ENDINGS` is
        forgotten. Raises ValueError for what is no name of the vault.
        """
        if not _STORED.fullmatch(stored):
            raise ValueError("no name of a file in the vault")
        if not self._public_url:
            return ""
        known = mime.partition(";")[0].strip().lower()
        grant = Grant(stored, known if known in ENDINGS else "", math.ceil(now + lasts))
        plain = f"{grant.ends} {grant.stored} {grant.mime}".encode()
        return self._public_url + MEDIA + _spelled(self._seal.seal(plain, _PURPOSE), grant.mime)

    def open(self, token: str, now: float) -> Grant | None:
        """What a token, with its ending, allows at `now`; None, and no reason, for one that is not good or is over."""
        try:
            grant = self._read(token)
        except (ValueError, Unsealable):
            return None
        return grant if grant and now < grant.ends else None

    def _read(self, token: str) -> Grant | None:
        """Raises ValueError or Unsealable. One token has one spelling, so that a changed one is never as good."""
        if len(token) > _LONGEST:
            return None
        text = token.partition(".")[0]
        blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        ends, stored, mime = self._seal.unseal(blob, _PURPOSE).decode().split(" ")
        good = _STORED.fullmatch(stored) and _spelled(blob, mime) == token
        return Grant(stored, mime, int(ends)) if good else None


def _spelled(blob: bytes, mime: str) -> str:
    return base64.urlsafe_b64encode(blob).rstrip(b"=").decode() + ENDINGS.get(mime, "")
