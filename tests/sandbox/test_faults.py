import asyncio
import time

import aiohttp
import pytest

LOST = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


async def post(cast, path, body):
    return await cast.api.session.post(cast.sandbox.url + path, json=body)


async def test_a_call_dropped_before_is_not_applied(cast):
    cast.sandbox.faults.drop_before("sendMessage")
    with pytest.raises(LOST):
        await cast.api("sendMessage", chat_id=cast.group.id, text="mất")
    assert "mất" not in cast.group.texts()
    await cast.api("sendMessage", chat_id=cast.group.id, text="còn")


async def test_a_call_dropped_after_was_applied(cast):
    cast.sandbox.faults.drop_after("sendMessage")
    with pytest.raises(LOST):
        await cast.api("sendMessage", chat_id=cast.group.id, text="đã gửi mà không biết")
    assert "đã gửi mà không biết" in cast.group.texts()


async def test_the_next_calls_may_answer_502_without_json(cast):
    cast.sandbox.faults.answer("sendMessage", 502, 2)
    for _ in range(2):
        answer = await post(cast, "/bot100:TEST/sendMessage", {"chat_id": cast.group.id, "text": "x"})
        assert (answer.status, answer.content_type) == (502, "text/html")
    await cast.api("sendMessage", chat_id=cast.group.id, text="x")
    assert cast.group.texts().count("x") == 1


async def test_latency_is_half_before_and_half_after_the_call_is_applied(cast):
    cast.sandbox.faults.latency_ms = 100
    began = time.monotonic()
    await cast.api("sendMessage", chat_id=cast.group.id, text="x")
    took = time.monotonic() - began
    assert 0.1 <= took < 2


async def test_a_dead_network_cuts_polls_and_refuses_calls_until_it_is_back(cast):
    poll = asyncio.create_task(cast.api("getUpdates", timeout=30))
    await asyncio.sleep(0.02)
    cast.sandbox.faults.down(0.15)
    with pytest.raises(LOST):
        await asyncio.wait_for(poll, 5)
    with pytest.raises(LOST):
        await cast.api("getMe")
    await asyncio.sleep(0.15)
    await cast.api("getMe")


async def test_another_process_sets_faults_and_reads_the_log(cast):
    cast.an.starts()
    faults = {"latency_ms": 1, "answer": {"sendMessage": [500]}, "limits": {"per_chat_second": 1, "time_scale": 1}}
    assert (await post(cast, "/sandbox/faults", faults)).status == 200
    assert (await post(cast, "/bot100:TEST/sendMessage", {"chat_id": cast.an.id, "text": "x"})).status == 500
    for _ in range(2):
        await post(cast, "/bot100:TEST/sendMessage", {"chat_id": cast.an.id, "text": "x"})
    async with cast.api.session.get(cast.sandbox.url + "/sandbox/log?since=0") as answer:
        log = await answer.json()
    assert [entry[1:] for entry in log["sent"]] == [[cast.an.id, "sendMessage", 200], [cast.an.id, "sendMessage", 429]]
    assert log["sent"][0][0] == pytest.approx(time.monotonic(), abs=5)
    assert (log["next"], log["too_many"], log["calls"]["sendMessage"]) == (2, 1, 2)
    async with cast.api.session.get(cast.sandbox.url + "/sandbox/log?since=2") as answer:
        assert (await answer.json())["sent"] == []
    assert (await post(cast, "/sandbox/faults", {"clear": True, "limits": False})).status == 200
    assert (await post(cast, "/sandbox/faults", {"latency_ms": "x"})).status == 400


async def test_the_clock_of_the_world_can_be_moved(cast):
    before = cast.an.says("trước")["date"]
    await post(cast, "/sandbox/faults", {"advance": 3600})
    assert cast.an.says("sau")["date"] - before >= 3600
