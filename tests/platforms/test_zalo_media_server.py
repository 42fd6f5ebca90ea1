"""The same over real sockets: rude servers on this machine, and TLS that proves a name at another address."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.errors import TryLater, Undeliverable, Why
from bot.messages import Attachment, MediaKind
from bot.platforms.zalo_bot import media
from bot.platforms.zalo_bot.media import Fetcher
from tests.media_samples import photo
from tests.platforms.scripted import serving, zalo
from tests.platforms.test_zalo_media import AWAY, LIMIT, refused, resolving

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
        async with asyncio.timeout(2):
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
