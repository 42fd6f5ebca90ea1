"""`/media/…`: who has a good link gets the file and nothing else; anybody else gets one and the same 404."""

import time

import pytest

from bot.links import MEDIA, Links
from bot.web.media import SAFE
from tests.web.door import OTHER, PICTURE, SEAL, Door, plain_headers, raw, refused

# --- a good link


async def test_the_file_comes_as_it_was_kept_and_as_what_it_is(door: Door) -> None:
    answer, body = await door.get(door.link())
    assert (answer.status, body) == (200, PICTURE)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    assert "Content-Disposition" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert SAFE.items() <= dict(answer.headers).items()


def test_a_browser_runs_keeps_and_tells_nothing_of_it() -> None:
    assert SAFE == {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


@pytest.mark.parametrize(
    ("mime", "told", "saved"),
    [
        ("image/png", "image/png", ""),
        ("image/webp", "image/webp", ""),
        ("image/gif", "image/gif", ""),
        ("audio/aac", "audio/aac", "binhyen.aac"),
        ("audio/mpeg", "audio/mpeg", "binhyen.mp3"),
        ("audio/ogg", "audio/ogg", "binhyen.ogg"),
        ("video/mp4", "video/mp4", "binhyen.mp4"),
        ("application/pdf", "application/pdf", "binhyen.pdf"),
        ("text/plain", "application/octet-stream", "binhyen.txt"),
        ("text/html", "application/octet-stream", "binhyen.bin"),
        ("image/svg+xml", "application/octet-stream", "binhyen.bin"),
        ("application/vnd.android.package-archive", "application/octet-stream", "binhyen.bin"),
        ("", "application/octet-stream", "binhyen.bin"),
        ("x/y\r\nSet-Cookie: a=b", "application/octet-stream", "binhyen.bin"),
    ],
)
async def test_pictures_are_shown_and_all_else_is_saved(door: Door, mime: str, told: str, saved: str) -> None:
    answer, body = await door.get(door.link(b"<script>", mime))
    assert body == b"<script>"
    assert answer.headers["Content-Type"] == told
    assert answer.headers.get("Content-Disposition") == (f'attachment; filename="{saved}"' if saved else None)
    assert "Set-Cookie" not in answer.headers


async def test_head_says_the_same_without_the_file(door: Door) -> None:
    link = door.link()
    told, body = await door.get(link, "HEAD")
    shown, _ = await door.get(link)
    assert (told.status, body) == (200, b"")
    assert plain_headers(told) == plain_headers(shown)


async def test_a_big_and_an_empty_file_come_whole(door: Door) -> None:
    for size in (20 * 1024 * 1024 + 1, 0):
        content = (bytes(range(251)) * (size // 251 + 1))[:size]
        answer, body = await door.get(door.link(content, "video/mp4"))
        assert answer.status == 200
        assert answer.headers["Content-Length"] == str(size)
        assert body == content


# --- any other


async def test_every_bad_link_is_refused_alike(door: Door) -> None:
    good = door.link()
    stored = door.vault.put(b"x")
    erased = Links(door.url, SEAL).link(stored, "image/jpeg", time.time())
    door.vault.erase(stored)
    broken = door.vault.put(b"x")
    (door.vault._folder / broken).write_bytes(b"not sealed")
    for url in (
        good[:-5] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
        good + "x",
        good.removesuffix(".jpg"),
        good.replace(".jpg", ".png"),
        good + "/",
        door.link(lasts=-1),
        Links(door.url, OTHER).link(stored, "image/jpeg", time.time()),
        erased,
        Links(door.url, SEAL).link(broken, "image/jpeg", time.time()),
        door.url + MEDIA,
        door.url + MEDIA + stored,
        door.url + MEDIA + "A" * 5000,
    ):
        await refused(door, url)
    assert (await door.get(good))[0].status == 200


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/healthz",
        "%00",
        "%",
        "%ff%fe",
        "a/b/../../c",
        "?a=b",
        "//x",
    ],
)
async def test_odd_paths_are_refused_like_any_other(door: Door, path: str) -> None:
    answer = await raw(door, f"GET {MEDIA}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\n")


async def test_only_reading_is_allowed(door: Door) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await door.get(door.link(), method))[0].status == 405
