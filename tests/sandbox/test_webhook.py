import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.sandbox.client import RefusedError


class Receiver:
    """A bot's web server: answers with `statuses` in turn, then 200; keeps what came."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.bodies = []
        self.secrets = []
        self.at_once = self.most_at_once = 0
        self.came = asyncio.Event()
        self.url = ""

    async def take(self, request):
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bodies.append(await request.json())
        await asyncio.sleep(0.005)
        self.at_once -= 1
        self.came.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count):
        async with asyncio.timeout(8):
            while len(self.bodies) < count:
                self.came.clear()
                await self.came.wait()


@asynccontextmanager
async def receiving(*statuses):
    receiver = Receiver(*statuses)
    runner = web.ServerRunner(web.Server(receiver.take))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


async def test_updates_are_pushed_with_the_secret_and_in_order(cast):
    async with receiving() as receiver:
        await cast.api("setWebhook", url=receiver.url, secret_token="bi-mat_1")
        for word in ("một", "hai", "ba"):
            cast.an.says(word)
        await receiver.until(3)
        await cast.api("deleteWebhook")
    assert [body["message"]["text"] for body in receiver.bodies] == ["một", "hai", "ba"]
    assert set(receiver.secrets) == {"bi-mat_1"}
    assert receiver.most_at_once == 1


async def test_what_is_not_accepted_comes_again_and_holds_only_its_own_chat(cast):
    cast.sandbox.faults.retry_delay = 0.3
    async with receiving(500, 503) as receiver:
        await cast.api("setWebhook", url=receiver.url)
        cast.an.says("một")
        await receiver.until(1)
        cast.an.says("hai")
        cast.binh.says("riêng")
        await receiver.until(5)
        info = await cast.api("getWebhookInfo")
        await cast.api("deleteWebhook")
    texts = [body["message"]["text"] for body in receiver.bodies]
    assert texts[0] == "một"
    assert texts.index("riêng") == 1
    assert texts.count("một") + texts.count("riêng") == 4
    assert texts.index("hai") > max(at for at, text in enumerate(texts) if text == "một")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 50")


async def test_polling_is_refused_while_a_webhook_is_set(cast):
    async with receiving() as receiver:
        await cast.api("setWebhook", url=receiver.url)
        with pytest.raises(RefusedError, match="can't use getUpdates method while webhook is active") as refused:
            await cast.api("getUpdates")
        assert refused.value.code == 409
        await cast.api("deleteWebhook")
        assert await cast.api("getUpdates") == []


async def test_pending_updates_are_counted_kept_and_dropped_on_demand(cast):
    cast.sandbox.faults.retry_delay = 60
    async with receiving(500) as receiver:
        await cast.api("setWebhook", url=receiver.url, allowed_updates=["message"])
        cast.an.says("một")
        await receiver.until(1)
        info = await cast.api("getWebhookInfo")
        assert (info["url"], info["pending_update_count"], info["allowed_updates"]) == (receiver.url, 1, ["message"])
        await cast.api("deleteWebhook", drop_pending_updates=True)
    assert await cast.api("getUpdates") == []
    assert (await cast.api("getWebhookInfo"))["url"] == ""


async def test_a_chats_messages_and_a_persons_buttons_do_not_wait_for_each_other(cast):
    cast.sandbox.faults.retry_delay = 60
    cast.an.starts()
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "x"}]]}
    asked = await cast.api("sendMessage", chat_id=cast.an.id, text="?", reply_markup=keyboard)
    await cast.api.news()
    async with receiving(500) as receiver:
        await cast.api("setWebhook", url=receiver.url)
        cast.an.says("kẹt")
        await receiver.until(1)
        cast.an.presses(asked, "Gửi")
        await receiver.until(2)
        await cast.api("deleteWebhook")
    assert "callback_query" in receiver.bodies[1]


@pytest.mark.parametrize("url", ["https://example.org/hook", "ftp://127.0.0.1/"])
async def test_only_loopback_addresses_are_called(cast, url):
    with pytest.raises(RefusedError, match="bad webhook"):
        await cast.api("setWebhook", url=url)


async def test_a_secret_has_plain_letters(cast):
    with pytest.raises(RefusedError, match="unallowed characters"):
        await cast.api("setWebhook", url="http://127.0.0.1:1/", secret_token="có dấu")
