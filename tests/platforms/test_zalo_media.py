"""Files are fetched from public addresses and nowhere else, up to a size, of the kind they claim to be."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from bot.errors import TryLater, Undeliverable, Why
from bot.messages import MediaKind
from bot.platforms.zalo_bot.media import Fetcher, is_public
from tests.media_samples import photo

LIMIT = 100_000
AAC = b"\xff\xf1\x60\x40" + bytes(100)
PUBLIC = "93.184.215.14"
AWAY = "https://api.nowhere.vn"


class Network:
    """Instead of the network: what was connected to, and what each address answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: httpx.Response) -> None:
        self.asked: list[httpx.Request] = []
        self.answers = answers
        real = httpx.AsyncClient

        def client(**given: Any) -> httpx.AsyncClient:
            return real(transport=httpx.MockTransport(self.answer), trust_env=False)

        monkeypatch.setattr(httpx, "AsyncClient", client)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        given = self.answers.get(request.url.path.strip("/"), httpx.Response(404))
        return httpx.Response(given.status_code, headers=given.headers, stream=httpx.ByteStream(given.content))


def resolving(*addresses: str) -> Any:
    async def resolve(_host: str) -> Sequence[str]:
        return addresses

    return resolve


async def refused(link: str, fetcher: Fetcher, why: Why = Why.BAD_CONTENT, kind: MediaKind = MediaKind.PHOTO) -> None:
    with pytest.raises(Undeliverable) as told:
        await fetcher.fetch(link, kind)
    assert told.value.why is why


def image(body: bytes = b"", **headers: str) -> httpx.Response:
    return httpx.Response(200, content=body or photo(), headers={"Content-Type": "image/jpeg"} | headers)


def moved(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"Location": to})


# --- where to


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::", "::1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "fec0::1", "nonsense", "",
    ],
)  # fmt: skip
def test_addresses_that_lead_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "118.102.1.1", "2606:4700::1111"])
def test_addresses_of_the_world_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "link",
    [
        "https://127.0.0.1/a.jpg", "https://10.1.2.3/a.jpg", "https://169.254.169.254/latest", "https://[::1]/a.jpg",
        "https://[::ffff:127.0.0.1]/a.jpg", "https://[::ffff:7f00:1]/a.jpg", "https://0.0.0.0/a.jpg",
        "https://2130706433/a.jpg", "https://017700000001/a.jpg", "https://0x7f000001/a.jpg", "https://0x7f.1/a.jpg",
        "https://0177.0.0.1/a.jpg", "https://127.1/a.jpg", "https://127.0.0.1./a.jpg", "https://1.2.3.256/a.jpg",
        "http://cdn.vn/a.jpg", "https://cdn.vn:8443/a.jpg", "https://cdn.vn:22/", "https://an:mk@cdn.vn/a.jpg",
        "https://an@cdn.vn/a.jpg", "ftp://cdn.vn/a.jpg", "file:///etc/passwd", "gopher://cdn.vn", "//cdn.vn/a.jpg",
        "a.jpg", "", "https://", "https:///a.jpg", "https://cdn.vn:99999/", "https://[::1/", "data:image/png;base64,AA",
        "https://１２７.０.０.１/a.jpg", "https://①②⑦.0.0.1/a.jpg",
    ],
)  # fmt: skip
async def test_links_that_must_not_be_followed_are_not(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(monkeypatch)
    await refused(link, Fetcher(AWAY, LIMIT, resolving(PUBLIC)))
    assert network.asked == []


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), (PUBLIC, "10.0.0.1"), ("::1",), ("::ffff:169.254.169.254", PUBLIC), ()]
)
async def test_a_name_with_any_private_address_is_not_gone_to(
    addresses: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network(monkeypatch)
    await refused("https://cdn.vn/a", Fetcher(AWAY, LIMIT, resolving(*addresses)))
    assert network.asked == []


async def test_the_connection_is_made_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(monkeypatch, a=image())
    fetcher = Fetcher(AWAY, LIMIT, resolving("2606:4700::1111", PUBLIC))
    assert await fetcher.fetch("https://cdn.vn/a?x=1", MediaKind.PHOTO) == photo()
    (asked,) = network.asked
    assert (asked.url.host, asked.headers["Host"], asked.extensions["sni_hostname"]) == (PUBLIC, "cdn.vn", "cdn.vn")
    assert asked.url.query == b"x=1"


async def test_a_name_that_cannot_be_looked_up_is_tried_later() -> None:
    async def resolve(_host: str) -> Sequence[str]:
        raise OSError("no such host")

    with pytest.raises(TryLater):
        await Fetcher(AWAY, LIMIT, resolve).fetch("https://cdn.vn/a", MediaKind.PHOTO)


# --- redirects


@pytest.mark.parametrize(
    "to", ["https://127.0.0.1/a", "http://169.254.169.254/latest", "https://inside.vn/a", "https://[::1]/",
           "//10.0.0.1/a", "https://2130706433/", "file:///etc/passwd", "https://[", "https://cdn.vn:8080/a"],
)  # fmt: skip
async def test_a_redirect_is_looked_at_as_the_first_link_was(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(host: str) -> Sequence[str]:
        return ["10.0.0.1"] if host == "inside.vn" else [PUBLIC]

    network = Network(monkeypatch, a=moved(to))
    await refused("https://cdn.vn/a", Fetcher(AWAY, LIMIT, resolve))
    assert len(network.asked) == 1


async def test_three_redirects_are_followed_and_a_fourth_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    Network(
        monkeypatch, a=moved("/b"), b=moved("https://cdn2.vn/c"), c=moved("d"), d=image(), e=moved("/a"), f=moved("")
    )
    fetcher = Fetcher(AWAY, LIMIT, resolving(PUBLIC))
    assert await fetcher.fetch("https://cdn.vn/a", MediaKind.PHOTO) == photo()
    await refused("https://cdn.vn/e", fetcher, Why.NOT_FOUND)
    await refused("https://cdn.vn/f", fetcher, Why.NOT_FOUND)


async def test_nobody_outside_can_send_us_to_the_operators_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(monkeypatch, a=moved("http://10.0.0.5:8080/b"), b=image())
    await refused("https://cdn.vn/a", Fetcher("http://10.0.0.5:8080", LIMIT, resolving(PUBLIC)))
    assert len(network.asked) == 1


# --- what comes


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        (image(b"<html>"), MediaKind.PHOTO, Why.BAD_CONTENT),
        (httpx.Response(200, content=photo(), headers={"Content-Type": "text/html"}), MediaKind.PHOTO, Why.BAD_CONTENT),
        (image(), MediaKind.VOICE, Why.BAD_CONTENT),
        (image(AAC), MediaKind.PHOTO, Why.BAD_CONTENT),
        (image(b"\xff\xfea\x00"), MediaKind.VOICE, Why.BAD_CONTENT),
        (image(), MediaKind.DOCUMENT, Why.BAD_CONTENT),
        (image(**{"Content-Encoding": "identity, br"}), MediaKind.PHOTO, Why.BAD_CONTENT),
        (httpx.Response(404), MediaKind.PHOTO, Why.NOT_FOUND),
        (httpx.Response(204), MediaKind.PHOTO, Why.NOT_FOUND),
        (image(b"\xff\xd8\xff" + bytes(LIMIT)), MediaKind.PHOTO, Why.TOO_BIG),
    ],
)
async def test_what_is_not_the_file_is_not_taken(
    answer: httpx.Response, kind: MediaKind, why: Why, monkeypatch: pytest.MonkeyPatch
) -> None:
    Network(monkeypatch, a=answer)
    await refused("https://cdn.vn/a", Fetcher(AWAY, LIMIT, resolving(PUBLIC)), why, kind)


async def test_voices_are_taken_by_their_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    Network(monkeypatch, a=httpx.Response(200, content=AAC, headers=headers), b=httpx.Response(503))
    fetcher = Fetcher(AWAY, LIMIT, resolving(PUBLIC))
    assert await fetcher.fetch("https://cdn.vn/a", MediaKind.VOICE) == AAC
    with pytest.raises(TryLater):
        await fetcher.fetch("https://cdn.vn/b", MediaKind.VOICE)
