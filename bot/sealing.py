"""Secrets of people: sealed before they are stored, found again through keyed hashes (docs: "Secrets of people").

A blob is version (1 byte), key id (4), nonce (12), then AES-256-GCM ciphertext with its tag. The header and the purpose
are authenticated, so a blob opens only in the column it was made for. Random nonces are safe for 2**32 blobs per key.
"""

import base64
import binascii
import hmac
import os
import secrets
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import BadSettings, BinhYenError

KEY_BYTES = 32
_VERSION = b"\x01"
_ID_BYTES = 4
_HEADER_BYTES = len(_VERSION) + _ID_BYTES
_NONCE_BYTES = 12
_NONCES_DRAWN = 256
_LOOKUP_BYTES = 16
_FOR_OTHERS = 0o077  # the permission bits of group and others
_SETTING = "BINHYEN_SECRET_KEY"


class Unsealable(BinhYenError):
    """A blob that this key, or this purpose, does not open; says nothing of what is in it."""


class Seal:
    """Seals with the newest of its keys, and opens with all of them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"a seal takes one or more keys of {KEY_BYTES} bytes")
        self._ciphers = {_VERSION + _derive(key, "id", _ID_BYTES): AESGCM(_derive(key, "seal")) for key in keys}
        self._header, self._newest = next(iter(self._ciphers.items()))
        self._hash_key = keys[0]
        self._nonces: deque[bytes] = deque()
        self._lookup_keys: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "Seal()"

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """A blob that only `unseal` with the same purpose opens, 33 bytes longer than `plain`; two are never alike."""
        nonce = self._nonce()
        return self._header + nonce + self._newest.encrypt(nonce, plain, self._header + purpose.encode())

    def _nonce(self) -> bytes:
        """Drawn many at a time: each call of os.urandom gives the interpreter's lock away. `popleft` is atomic."""
        while True:
            try:
                return self._nonces.popleft()
            except IndexError:
                drawn = os.urandom(_NONCE_BYTES * _NONCES_DRAWN)
                self._nonces.extend(drawn[i : i + _NONCE_BYTES] for i in range(0, len(drawn), _NONCE_BYTES))

    def unseal(self, blob: bytes, purpose: str) -> bytes:
        """What was sealed; raises `Unsealable` for a changed blob, another purpose or a key that is gone."""
        header, rest = blob[:_HEADER_BYTES], blob[_HEADER_BYTES:]
        cipher = self._ciphers.get(header)
        if cipher is None:
            raise Unsealable("sealed with a key or version that is not loaded")
        try:
            return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], header + purpose.encode())
        except (InvalidTag, ValueError):
            raise Unsealable("changed, or sealed for another purpose") from None

    def sealed_with_newest(self, blob: bytes) -> bool:
        """Whether a blob need not be sealed again after a rotation."""
        return blob[:_HEADER_BYTES] == self._header

    def hash_with(self, key: bytes) -> None:
        """Hash with this key from now on: a database keeps its own, sealed, so that rotations change no hash."""
        self._hash_key = key
        self._lookup_keys.clear()

    def lookup(self, purpose: str, value: str) -> str:
        """A keyed hash of 128 bits in hex; each purpose hashes differently, so that tables do not join."""
        key = self._lookup_keys.get(purpose)
        if key is None:
            key = self._lookup_keys[purpose] = _derive(self._hash_key, f"lookup:{purpose}")
        return _hash(key, value)


def load_keys(setting: str | None, path: Path) -> tuple[bytes, ...]:
    """The keys, newest first: from the setting (base64, commas between), else from the file, which is made if missing.

    Raises BadSettings, which says what to do and never what the key is. The file has mode 0600; processes that race to
    make it all read the same key.
    """
    if setting and setting.strip():
        return _decode(setting, _SETTING)
    try:
        return _decode(_read(path), str(path))
    except OSError as error:
        raise BadSettings([f"cannot keep a key at {path} ({error.strerror}); set {_SETTING}"]) from error


def new_key() -> str:
    """A fresh key as the setting wants it."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _read(path: Path) -> str:
    if not path.exists():
        _create(path)
    if os.name == "posix" and path.stat().st_mode & _FOR_OTHERS:
        raise BadSettings([f"others can read {path}; run: chmod 600 {path}"])
    return path.read_text("ascii", errors="replace")


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first, and its key is the key
            os.link(draft, path)  # unlike rename, a link never replaces
    finally:
        draft.unlink(missing_ok=True)


def _decode(listed: str, source: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(base64.b64decode(part.strip(), validate=True) for part in listed.split(","))
    except (binascii.Error, ValueError):
        raise BadSettings([f"{source} is not base64; make a key with: openssl rand -base64 {KEY_BYTES}"]) from None
    if any(len(key) != KEY_BYTES or _looks_invented(key) for key in keys):
        raise BadSettings([f"{source} must be {KEY_BYTES} random bytes in base64: openssl rand -base64 {KEY_BYTES}"])
    return keys


def _looks_invented(key: bytes) -> bool:
    """A placeholder such as 32 zeros; random bytes never have so few values."""
    return len(set(key)) < KEY_BYTES // 2


def _derive(key: bytes, use: str, length: int = KEY_BYTES) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"binhyen:{use}".encode()).derive(key)


def _hash(key: bytes, value: str) -> str:
    return hmac.digest(key, value.encode(), "sha256")[:_LOOKUP_BYTES].hex()
