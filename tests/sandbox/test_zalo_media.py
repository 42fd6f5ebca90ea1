import pytest
from aiohttp import web

from bot.sandbox import sample_photo
from tests.sandbox.zalo import serving


def pictures(body=b"", status=200, mime="image/jpeg", **headers):
    async def take(_request):
        return web.Response(status=status, body=body, content_type=mime, headers=headers)

    return serving(take)


async def test_a_picture_is_fetched_and_shown_with_its_caption(hood):
    hood.lan.says("chào")
    photo = sample_photo()
    async with pictures(photo) as url:
        await hood.api("sendPhoto", chat_id=hood.lan.id, photo=f"{url}/a.jpg", caption="Ảnh cảnh báo")
    shown = hood.lan.chat_with().messages[-1]
    assert (shown["kind"], shown["caption"]) == ("photo", "Ảnh cảnh báo")
    assert hood.zalo.media.read(shown["photo_url"]) == photo


@pytest.mark.parametrize(
    ("status", "mime", "body"),
    [(404, "image/jpeg", b"x"), (302, "image/jpeg", b"x"), (200, "text/html", b"x"), (200, "image/jpeg", b"")],
)
async def test_what_cannot_be_fetched_is_refused_and_not_shown(hood, status, mime, body):
    hood.lan.says("chào")
    async with pictures(body, status, mime, Location="/b.jpg") as url:
        assert (await hood.api.refused("sendPhoto", chat_id=hood.lan.id, photo=url))[0] == 400
    assert hood.lan.chat_with().texts() == ["chào"]


@pytest.mark.parametrize("url", ["https://example.org/a.jpg", "http://10.0.0.1/a.jpg", "file:///etc/passwd", "a.jpg"])
async def test_pictures_elsewhere_are_not_fetched(hood, url):
    hood.lan.says("chào")
    assert "loopback only" in (await hood.api.refused("sendPhoto", chat_id=hood.lan.id, photo=url))[1]


async def test_a_long_caption_is_refused_before_anything_is_fetched(hood):
    hood.lan.says("chào")
    given = {"chat_id": hood.lan.id, "photo": "http://127.0.0.1:1/", "caption": "x" * 2001}
    assert "caption" in (await hood.api.refused("sendPhoto", **given))[1]


async def test_media_need_no_token_and_expire(hood):
    hood.zalo.variations.media_lasts = 60
    url = hood.lan.sends_photo(b"JPEG")["photo_url"]
    assert hood.bot.token not in url
    async with hood.api.session.get(url) as answer:
        assert (answer.status, await answer.read()) == (200, b"JPEG")
    hood.zalo.sandbox.advance(61)
    async with hood.api.session.get(url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("target", ["here", "http://10.0.0.1/secret"])
async def test_media_may_redirect_here_or_anywhere(hood, target):
    hood.zalo.variations.redirect_media = target
    url = hood.lan.sends_photo(b"JPEG")["photo_url"]
    async with hood.api.session.get(url, allow_redirects=False) as answer:
        assert answer.status == 302
        there = answer.headers["Location"]
    if target != "here":
        assert there == target
        return
    async with hood.api.session.get(url) as answer:
        assert (answer.status, await answer.read()) == (200, b"JPEG")
