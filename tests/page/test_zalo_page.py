"""The Zalo phone in a real browser, beside the others."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.sandbox import Sandbox, Zalo, build_ward, build_zalo
from bot.sandbox.zalo import Neighbours
from tests.page.conftest import NARROW, Town, phone, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")
WIDE = (1800, 950)
MENU = "Gửi tin này cho trực ban?\n\n1. Gửi\n2. Ẩn danh"


@dataclass
class ZaloTown(Town):
    """`zalo` and its people beside a ward without an app."""

    zalo: Zalo
    hood: Neighbours


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town() -> AsyncIterator[ZaloTown]:
    async with Sandbox(limits=False) as sandbox:
        ward = build_ward(sandbox)
        bot = sandbox.add_bot(username="binhyen_demo_bot")
        zalo = Zalo(sandbox)
        hood = build_zalo(zalo)
        hood.sen.says("Chào cả nhà", hood.group_9)
        yield ZaloTown(sandbox, ward, sandbox.url, bot.token, zalo, hood)


def answer(town: ZaloTown, text: str, chat: Any) -> Any:
    """What the bot would say."""
    return town.zalo.post(chat, town.hood.bot.face, {"kind": "text", "text": text})


async def opens_group(page: Page, name: str = "Sen") -> Any:
    held = page.locator(".phone.zalo")
    if name not in (await held.get_attribute("aria-label") or ""):
        await held.locator(".owner").click()
        await held.locator(".owners button", has_text=name).click()
    if await held.locator(".chats").count():
        await held.locator(".item", has_text="Tổ 9").click()
    return held


async def test_it_stands_last_says_what_it_is_and_has_no_buttons_to_press(visit: Any) -> None:
    page = await visit()
    await expect(page.locator(".phone:visible")).to_have_count(4)
    last = page.locator(".phone:visible").last
    await expect(last.locator(".owner")).to_contain_text("Zalo giả lập")
    await expect(last.locator(".head")).to_contain_text("Tổ 9")
    assert await last.locator(".keys, .tabs:visible, .editlast:visible").count() == 0
    page = await visit(WIDE)
    await expect(page.locator(".phone:visible")).to_have_count(5)


async def test_a_text_goes_out_with_the_mention_unless_it_is_switched_off(visit: Any, town: ZaloTown) -> None:
    page = await visit()
    held = await opens_group(page)
    at = held.get_by_role("button", name="Gọi @Bot Bình Yên")
    await expect(at).to_have_attribute("aria-pressed", "true")
    await writes(held, "đèn ngõ 12 hỏng")
    told = await town.sandbox.wait_for(town.hood.group_9, lambda m: "đèn ngõ" in m["text"])
    assert (told["text"], told["told"]) == ("@Bot Bình Yên đèn ngõ 12 hỏng", True)
    await at.click()
    await writes(held, "tối nay họp nhé")
    await expect(held.locator(".row.mine").last).to_contain_text("bot không thấy")
    assert town.hood.group_9.texts()[-1] == "tối nay họp nhé"


async def test_an_answer_shows_at_once_and_is_answered_by_number(visit: Any, town: ZaloTown) -> None:
    page = await visit()
    held = await opens_group(page)
    await held.locator(".back").click()
    await held.locator(".item", has_text="Bot Bình Yên").click()
    await expect(held.locator(".empty")).to_contain_text("trả lời bằng số")
    await writes(held, "mất xe máy")
    chat = town.hood.sen.chat_with()
    await town.sandbox.wait_for(chat, lambda m: m["text"] == "mất xe máy")
    answer(town, MENU, chat)
    await expect(held.locator(".bubble").last).to_contain_text("2. Ẩn danh")
    await writes(held, "2")
    await town.sandbox.wait_for(chat, lambda m: m["text"] == "2")


async def test_an_answer_to_the_bot_quotes_it(visit: Any, town: ZaloTown) -> None:
    page = await visit()
    held = await opens_group(page)
    asked = answer(town, "Ở đâu ạ?", town.hood.group_9)
    row = held.locator(f"[data-id='{asked['message_id']}']")
    await row.hover()
    await row.get_by_role("button", name="Trả lời").click()
    await held.get_by_role("button", name="Gọi @").click()
    await writes(held, "ngõ 14")
    said = await town.sandbox.wait_for(town.hood.group_9, lambda m: m.get("text") == "ngõ 14")
    assert (said["reply_to"], said["told"]) == (asked["message_id"], True)
    await expect(held.locator(".quote").last).to_contain_text("Ở đâu ạ?")


async def test_a_picture_and_what_zalo_withholds_are_sent(visit: Any, town: ZaloTown) -> None:
    page = await visit()
    held = await opens_group(page)
    await held.locator(".input").fill("ảnh đây")
    for kind in ("sample", "unsupported"):
        await held.locator(".attach").click()
        await held.locator(f".menu [data-kind={kind}]").click()
        await expect(held.locator(".menu")).to_be_hidden()
    await expect(held.locator(".bubble").last).to_contain_text("Zalo không chuyển nội dung")
    shown = await town.sandbox.wait_for(town.hood.group_9, lambda m: m["kind"] == "photo")
    assert shown["caption"] == "@Bot Bình Yên ảnh đây"
    assert town.zalo.media.read(shown["photo_url"]).startswith(b"\xff\xd8")
    await held.locator(".picture").last.click()
    await expect(page.locator("#viewer img")).to_be_visible()
    assert await page.locator("#viewer img").evaluate("image => image.complete && image.naturalWidth > 0")


async def test_tags_are_shown_as_text(visit: Any, town: ZaloTown) -> None:
    page = await visit()
    held = await opens_group(page)
    hostile = "<img src=x onerror=window.broken=1> <b>đậm</b>"
    town.hood.khe.says(hostile, town.hood.group_9)
    await expect(held.locator(".bubble", has_text=hostile)).to_be_visible()
    assert await page.evaluate("window.broken") is None


async def test_a_narrow_screen_changes_over_by_the_bar_at_the_bottom(visit: Any, town: ZaloTown) -> None:
    page = await visit(NARROW)
    await expect(page.locator(".phone.zalo")).to_be_hidden()
    town.hood.sen.says("Có ai ở nhà không", town.hood.group_9)
    switch = page.locator("#people button", has_text="Khế")
    await expect(switch.locator(".badge")).to_contain_text("tin chưa đọc")
    await switch.click()
    held = await opens_group(page, "Khế")
    await expect(page.locator(".phone:visible")).to_have_count(1)
    await expect(held.locator(".bubble").last).to_contain_text("Có ai ở nhà không")
    await expect(switch.locator(".badge")).to_have_count(0)
    await page.locator("#people button", has_text="Na").click()
    await expect(phone(page, "Na")).to_be_visible()
    await expect(page.locator(".phone.zalo")).to_be_hidden()


async def test_the_tour_finds_its_phone_when_zalos_is_shown(visit: Any) -> None:
    page = await visit(NARROW, tour=True)
    await page.locator("#people button", has_text="Sen").click()
    await expect(page.locator(".phone.zalo")).to_be_visible()
    await page.get_by_role("button", name="Điền sẵn câu mẫu").click()
    await expect(phone(page, "Na").locator(".input")).to_have_value("Co nguoi la dang be khoa xe truoc nha so 12")
