"""A hand-over file: a ZIP that only a password opens, wherever it travels.

The format, all of it: 19 bytes `BINHYEN-HANDOVER-1` and a newline; 16 bytes of salt; 12 of nonce; then the ZIP under
AES-256-GCM with its tag of 16 bytes. The key is scrypt(password, salt, N=2**15, r=8, p=1), 32 bytes, of the password in
capitals, without hyphens and spaces, O as 0, I and L as 1. What stands before the ciphertext is authenticated with it.
"""

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.domain.codes import CROCKFORD, tidy
from bot.errors import BinhYenError

MAGIC = b"BINHYEN-HANDOVER-1\n"
SALT, NONCE = 16, 12
GROUPS, LETTERS = 4, 5  # of a password: 100 bits


class BadParcel(BinhYenError):
    """Not a hand-over file, a damaged one, or another password."""


def new_password() -> str:
    """Easy to read aloud, impossible to guess."""
    return "-".join("".join(secrets.choice(CROCKFORD) for _ in range(LETTERS)) for _ in range(GROUPS))


def close_parcel(content: bytes, password: str) -> bytes:
    """The content as it may travel."""
    head = MAGIC + os.urandom(SALT) + os.urandom(NONCE)
    salt, nonce = head[len(MAGIC) : -NONCE], head[-NONCE:]
    return head + AESGCM(key_from(password, salt)).encrypt(nonce, content, head)


def open_parcel(parcel: bytes, password: str) -> bytes:
    """The content again. Raises BadParcel."""
    end = len(MAGIC) + SALT + NONCE
    head, sealed = parcel[:end], parcel[end:]
    if not head.startswith(MAGIC) or len(head) < end:
        raise BadParcel("this is no hand-over file of this bot")
    try:
        return AESGCM(key_from(password, head[len(MAGIC) : -NONCE])).decrypt(head[-NONCE:], sealed, head)
    except (InvalidTag, ValueError):
        raise BadParcel("another password, or the file is damaged") from None


def key_from(password: str, salt: bytes) -> bytes:
    """The key of a password as it is shown, however it was typed."""
    return Scrypt(salt, 32, n=2**15, r=8, p=1).derive(tidy(password).encode())
