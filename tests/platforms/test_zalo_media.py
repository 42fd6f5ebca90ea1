"""Files are fetched from public addresses and nowhere else, up to a size, of the kind they claim to be."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.errors import TryLater, Undeliverable, Why
from bot.messages import Attachment, MediaKind
from bot.platforms.zalo_bot import media
from bot.platforms.zalo_bot.media import Fetcher, is_public
from tests.media_samples import photo
from tests.platforms.scripted import serving, zalo

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


# --- a real server, as the operator's own


@pytest.fixture
async def home() -> AsyncIterator[str]:
    async with serving(misbehave) as url:
        yield url


async def misbehave(request: web.Request) -> web.StreamResponse:
    """A picture, and every way in which a server is rude about one."""
    match request.path:
        case "/photo":
            return web.Response(body=photo(), content_type="image/jpeg")
        case "/away":
            return web.Response(status=302, headers={"Location": "http://10.0.0.1/secret"})
        case "/hop":
            return web.Response(status=302, headers={"Location": "/photo"})
        case "/claims-much":
            return await trickle(request, {"Content-Length": str(LIMIT + 1)}, parts=1)
        case "/claims-little":
            return await trickle(request, {"Content-Length": "10"}, parts=50)
        case "/claims-more":
            return await trickle(request, {"Content-Length": "5000"}, parts=1)
        case "/endless":
            return await trickle(request, {}, parts=1_000_000)
    return await trickle(request, {}, parts=1_000_000, pause=0.02, size=1)


async def trickle(
    request: web.Request, headers: dict[str, str], parts: int, pause: float = 0.0, size: int = 1000
) -> web.StreamResponse:
    """Written by hand: aiohttp itself would not lie about a length."""
    assert request.transport is not None
    lines = [f"{name}: {value}" for name, value in headers.items()] or ["Connection: close"]
    request.transport.write(("HTTP/1.1 200 OK\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + b"\xff\xd8\xff")
    for _ in range(parts):
        if request.transport.is_closing():
            break
        request.transport.write(b"x" * size)
        await asyncio.sleep(pause)
    request.transport.close()
    return web.Response()


async def test_the_apis_own_origin_may_be_anywhere(home: str) -> None:
    fetcher = Fetcher(f"{home}/zalo", LIMIT)
    assert await fetcher.fetch(f"{home}/photo", MediaKind.PHOTO) == photo()
    assert await fetcher.fetch(f"{home}/hop", MediaKind.PHOTO) == photo()
    await refused(f"{home}/away", fetcher)
    await refused(f"{home}/photo", Fetcher("http://127.0.0.1:1", LIMIT))
    await refused(f"{home}/photo", Fetcher(home.replace("http:", "https:"), LIMIT))


@pytest.mark.parametrize("path", ["claims-much", "endless"])
async def test_a_body_is_cut_off_at_the_limit(home: str, path: str) -> None:
    await refused(f"{home}/{path}", Fetcher(home, LIMIT), Why.TOO_BIG)


async def test_a_slow_endless_body_ends_at_the_deadline(home: str) -> None:
    with pytest.raises(TryLater):
        await Fetcher(home, LIMIT, deadline=0.2).fetch(f"{home}/slow", MediaKind.PHOTO)


async def test_a_lying_length_gets_nobody_more(home: str) -> None:
    assert len(await Fetcher(home, LIMIT).fetch(f"{home}/claims-little", MediaKind.PHOTO)) == 10
    with pytest.raises(TryLater):
        await Fetcher(home, LIMIT).fetch(f"{home}/claims-more", MediaKind.PHOTO)


async def test_the_platform_fetches_up_to_its_declared_size(home: str) -> None:
    bot = zalo(home, media_bytes=len(photo()))
    assert await bot.fetch(Attachment(MediaKind.PHOTO, f"{home}/photo")) == photo()
    bot = zalo(home, media_bytes=len(photo()) - 1)
    with pytest.raises(Undeliverable) as told:
        await bot.fetch(Attachment(MediaKind.PHOTO, f"{home}/photo"))
    assert told.value.why is Why.TOO_BIG
    assert bot.capabilities.download_bytes == len(photo()) - 1


# --- TLS


async def test_tls_proves_the_name_although_the_address_is_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate(tmp_path, "cdn.vn")
    hosts: list[str | None] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.sni_callback = lambda _socket, name, _context: hosts.append(name)  # type: ignore[assignment]

    async def take(request: web.Request) -> web.Response:
        hosts.append(request.headers["Host"])
        return web.Response(body=photo(), content_type="image/jpeg")

    runner = web.ServerRunner(web.Server(take, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server).start()
    port = runner.addresses[0][1]
    monkeypatch.setattr(media, "HTTPS_PORT", port)
    monkeypatch.setattr(media, "is_public", lambda _address: True)
    fetcher = Fetcher(AWAY, LIMIT, resolving("127.0.0.1"))
    fetcher._tls = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    assert await fetcher.fetch(f"https://cdn.vn:{port}/a", MediaKind.PHOTO) == photo()
    assert hosts == ["cdn.vn", f"cdn.vn:{port}"]
    with pytest.raises(TryLater):
        await fetcher.fetch(f"https://other.vn:{port}/a", MediaKind.PHOTO)
    await runner.cleanup()


def certificate(folder: Path, name: str) -> None:
    """A key and a certificate for this name that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
