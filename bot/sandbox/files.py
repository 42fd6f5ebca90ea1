"""Bytes behind file ids, and the media objects messages show."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.pictures import clean_photo

__all__ = ["DOWNLOAD_LIMIT", "FileStore", "StoredFile", "media_of"]

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # getFile, Client.h:71 of telegram-bot-api
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024

FOLDERS = {
    "photo": ("photos", "jpg", "image/jpeg"),
    "video": ("videos", "mp4", "video/mp4"),
    "animation": ("animations", "mp4", "video/mp4"),
    "voice": ("voice", "oga", "audio/ogg"),
    "video_note": ("video_notes", "mp4", "video/mp4"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "document": ("documents", "bin", "application/octet-stream"),
    "sticker": ("stickers", "webp", "image/webp"),
}


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    kind: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    sizes: list["StoredFile"] = field(default_factory=list, repr=False)

    def brief(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class FileStore:
    """One id space for all bots; real ids are per bot."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, content: bytes, name: str = "", mime: str = "") -> StoredFile:
        """Keep bytes as this kind of media; ApiError where Telegram would refuse them."""
        if len(content) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if not content:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            return self.add_photo(content)
        return self.keep(kind, content, name, mime)

    def add_photo(self, content: bytes) -> StoredFile:
        if len(content) > PHOTO_LIMIT:
            raise bad_request("file is too big")
        try:
            made = clean_photo(content)
        except ValueError:
            raise bad_request("IMAGE_PROCESS_FAILED") from None
        sizes = [self.keep("photo", data, "", "", width, height) for data, width, height in made]
        sizes[-1].sizes = sizes
        return sizes[-1]

    def keep(self, kind: str, content: bytes, name: str, mime: str, width: int = 0, height: int = 0) -> StoredFile:
        number = len(self.by_id) + 1
        folder, ending, usual = FOLDERS[kind]
        if "." in name:
            ending = name.rsplit(".", 1)[1]
        digest = hashlib.sha256(content).hexdigest()
        stored = StoredFile(
            file_id=f"{kind[:2].upper()}FILE{number:06d}{digest[:24]}",
            unique_id=f"AQ{digest[:14]}",
            path=f"{folder}/file_{number}.{ending}",
            kind=kind,
            name=name,
            mime=mime or usual,
            content=content,
            width=width,
            height=height,
        )
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def reuse(self, kind: str, file_id: str) -> StoredFile:
        """The file sent again by its id, only as what it was ("it is not possible to change the file type")."""
        stored = self.find(file_id)
        if stored.kind != kind:
            was, now = stored.kind.capitalize(), kind.capitalize()
            raise bad_request(f"type of file mismatch: can't use file of type {was} as {now}")
        return stored


def media_of(stored: StoredFile, given: dict[str, Any]) -> dict[str, Any]:
    """The part of a message that shows this file; `given` may carry duration, width, height, length, emoji, ..."""
    kind = stored.kind
    if kind == "photo":
        sizes = stored.sizes or [stored]
        return {"photo": [size.brief() | {"width": size.width, "height": size.height} for size in sizes]}
    shown = stored.brief() | SHAPES[kind](given)
    if kind != "sticker" and kind != "video_note":
        shown["mime_type"] = stored.mime
    if stored.name and kind in {"document", "video", "audio", "animation"}:
        shown["file_name"] = stored.name
    if kind == "animation":  # kept by Telegram for old bots
        return {"animation": shown, "document": stored.brief() | {"mime_type": stored.mime}}
    return {kind: shown}


def moving(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "duration": int(given.get("duration") or 1),
        "width": int(given.get("width") or 640),
        "height": int(given.get("height") or 360),
    }


def playing(given: dict[str, Any]) -> dict[str, Any]:
    return {"duration": int(given.get("duration") or 1)}


def tune(given: dict[str, Any]) -> dict[str, Any]:
    return playing(given) | {key: given[key] for key in ("title", "performer") if given.get(key)}


def round_video(given: dict[str, Any]) -> dict[str, Any]:
    return playing(given) | {"length": int(given.get("length") or 240)}


def sticker(given: dict[str, Any]) -> dict[str, Any]:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return shape | {"emoji": given.get("emoji") or "👍"}


SHAPES = {
    "video": moving,
    "animation": moving,
    "voice": playing,
    "audio": tune,
    "video_note": round_video,
    "document": lambda _given: {},
    "sticker": sticker,
}
