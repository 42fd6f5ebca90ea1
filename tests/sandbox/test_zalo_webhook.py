import pytest

from tests.sandbox.zalo import SECRET, hooked


@pytest.fixture
def quick(hood):
    hood.zalo.faults.retry_delay = 0.02
    return hood


async def test_events_are_pushed_with_the_secret_and_javas_name(hood):
    async with hooked(hood.api) as receiver:
        hood.lan.says("chào")
        await receiver.until(1)
    headers, body = receiver.requests[-1]
    assert headers["X-Bot-Api-Secret-Token"] == SECRET
    assert headers["User-Agent"] == "Java/1.8.0_192"
    assert (body["event_name"], body["message"]["text"]) == ("message.text.received", "chào")


async def test_a_body_may_be_wrapped(hood):
    hood.zalo.variations.wrapped = True
    async with hooked(hood.api) as receiver:
        hood.lan.says("chào")
        await receiver.until(1)
    assert receiver.events[0]["ok"] is True
    assert receiver.events[0]["result"]["message"]["text"] == "chào"


async def test_a_failed_delivery_comes_again_and_holds_only_its_own_chat(quick):
    async with hooked(quick.api, 200, 500) as receiver:
        quick.lan.says("một")
        quick.lan.says("hai")
        quick.chi.says("riêng")
        await receiver.until(4)
    assert receiver.texts[-2:] == ["một", "hai"]
    assert "riêng" in receiver.texts[:2]


async def test_after_its_tries_an_event_is_lost_and_the_next_one_goes_on(quick):
    async with hooked(quick.api, 200, 500, 500, 500) as receiver:
        quick.lan.says("một")
        quick.lan.says("hai")
        await receiver.until(4)
    assert receiver.texts == ["một", "một", "một", "hai"]
    assert [event["message"]["text"] for event in quick.zalo.lost] == ["một"]


async def test_set_webhook_needs_both_and_a_secret_of_8_to_256(hood):
    for given in ({"url": "http://127.0.0.1:1/"}, {"secret_token": SECRET}):
        assert (await hood.api.refused("setWebhook", **given))[0] == 400
    for secret in ("1234567", "x" * 257):
        assert (await hood.api.refused("setWebhook", url="http://127.0.0.1:1/", secret_token=secret))[0] == 400


async def test_nothing_beyond_loopback_is_called(hood):
    assert (await hood.api.refused("setWebhook", url="https://example.org/", secret_token=SECRET))[0] == 400


async def test_a_webhook_that_does_not_answer_is_stored_all_the_same(hood):
    given = await hood.api("setWebhook", url="http://127.0.0.1:1/", secret_token=SECRET)
    assert (given["verification"]["ok"], given["verification"]["outcome"]) == (False, "UNREACHABLE")
    assert (await hood.api("getWebhookInfo"))["url"] == "http://127.0.0.1:1/"


async def test_verification_and_test_say_what_was_answered(hood):
    async with hooked(hood.api, 200, 403) as receiver:
        assert receiver.verification["ok"] is True
        assert (await hood.api("testWebhook"))["outcome"] == "HTTP_403"
    assert [body for _, body in receiver.requests] == [None, None]


async def test_webhook_info_is_404_before_and_empty_after(hood):
    assert (await hood.api.refused("getWebhookInfo"))[0] == 404
    async with hooked(hood.api):
        pass
    info = await hood.api("getWebhookInfo")
    assert info["url"] == ""
    assert info["updated_at"] > 1_000_000_000_000


async def test_polling_is_refused_while_a_webhook_is_set(hood):
    async with hooked(hood.api):
        assert (await hood.api.refused("getUpdates", timeout=1))[0] == 400
    assert (await hood.api.refused("getUpdates", timeout=0.01))[0] == 408


async def test_probes_with_an_empty_body_come_before_events(hood):
    hood.zalo.variations.probes = True
    async with hooked(hood.api) as receiver:
        hood.lan.says("chào")
        await receiver.until(1)
    assert [body is None for _, body in receiver.requests] == [True, True, False]


async def test_after_delete_webhook_what_waited_is_not_sent_and_a_new_one_works(hood):
    hood.zalo.faults.retry_delay = 60
    async with hooked(hood.api, 200, 500) as receiver:
        hood.lan.says("kẹt")
        await receiver.until(1)
    async with hooked(hood.api) as receiver:
        hood.lan.says("mới")
        await receiver.until(1)
    assert receiver.texts == ["mới"]
