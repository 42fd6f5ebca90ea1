"""Evidence files, sealed on disk under random names."""

import os
import secrets
from pathlib import Path

from bot.sealing import Seal


class Vault:
    """A folder of sealed files. Nothing in it tells what a file is or whose."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self._folder = folder
        self._seal = seal

    def put(self, content: bytes) -> str:
        """Keep a file durably; the name to ask for it by."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = secrets.token_hex(16)
        with (self._folder / name).open("xb") as file:
            file.write(self._seal.seal(content, f"file:{name}"))
            file.flush()
            os.fsync(file.fileno())
        return name

    def get(self, name: str) -> bytes:
        """A kept file's bytes. Raises FileNotFoundError once it was erased."""
        return self._seal.unseal((self._folder / name).read_bytes(), f"file:{name}")

    def has(self, name: str) -> bool:
        """Whether a file is kept."""
        return (self._folder / name).is_file()

    def erase(self, name: str) -> None:
        """Take a file away; one that is gone already is fine."""
        (self._folder / name).unlink(missing_ok=True)
