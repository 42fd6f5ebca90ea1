"""The phones in a real browser: what people type, press and see, at a desk's width and at a phone's."""

import asyncio
import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.async_api import Locator, Page, expect

from tests.page.conftest import NARROW, Town, opens, phone, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")
AT = "@binhyen_demo_bot"


async def calls(town: Town, method: str, **given: Any) -> Any:
    """A Bot API call of the ward's own bot."""
    request = Request(  # noqa: S310 - loopback
        f"{town.url}/bot{town.token}/{method}", json.dumps(given).encode(), {"Content-Type": "application/json"}
    )
    answer = await asyncio.to_thread(lambda: json.load(urlopen(request)))  # noqa: S310
    return answer["result"]


async def opens_topic_of_group_5(page: Page, town: Town) -> Locator:
    """The officer's phone at the desk, in the group's own topic."""
    officer = await opens(page, "Ổi", town.ward.desk.id)
    await officer.locator(".tab", has_text="Tổ 5").click()
    return officer


async def test_four_phones_stand_side_by_side_and_the_bar_says_it_is_a_sandbox(visit: Any) -> None:
    page = await visit()
    await expect(page.locator(".phone:visible")).to_have_count(4)
    await expect(page.locator(".bar")).to_contain_text("không có gì rời khỏi máy này")
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")


async def test_a_narrow_screen_shows_one_phone_and_who_has_unread_messages(visit: Any, town: Town) -> None:
    page = await visit(NARROW)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    town.ward.na.says("Chào cả nhà", town.ward.group_5)
    switch = page.locator("#people button", has_text="Mận")
    await expect(switch.locator(".badge")).to_contain_text("tin chưa đọc")
    await switch.click()
    held = phone(page, "Mận")
    if await held.locator(".chats").count():
        await held.locator(".item", has_text="Tổ 5").click()
    await expect(held.locator(".bubble").last).to_contain_text("Chào cả nhà")
    await expect(switch.locator(".badge")).to_have_count(0)


async def test_what_a_resident_types_reaches_the_desk_in_its_groups_topic(visit: Any, town: Town) -> None:
    page = await visit()
    resident = await opens(page, "Na", town.ward.group_5.id)
    await resident.get_by_role("button", name=f"Gọi {AT}").click()
    await resident.locator(".input").press_sequentially("đèn ngõ 12 hỏng")
    await resident.locator(".input").press("Enter")
    await town.sandbox.wait_for(town.ward.group_5, lambda m: m.get("text") == f"{AT} đèn ngõ 12 hỏng")
    officer = await opens_topic_of_group_5(page, town)
    await expect(officer.locator(".tab[aria-pressed=true]")).to_contain_text("Tổ 5")
    await expect(officer.locator(".bubble").last).to_contain_text("đèn ngõ 12 hỏng")
    await expect(officer.locator(".bubble").last.locator("strong").last).to_contain_text("Bác Na")


async def test_tags_typed_by_a_resident_are_shown_as_text(visit: Any, town: Town) -> None:
    page = await visit()
    hostile = "<script>window.broken = 1</script> <b>đậm</b> <img src=x onerror=window.broken=1>"
    await writes(await opens(page, "Mận", town.ward.group_5.id), f"{AT} {hostile}")
    await town.sandbox.wait_for(town.ward.desk, lambda m: "onerror" in m.get("text", ""))
    officer = await opens_topic_of_group_5(page, town)
    for held in (phone(page, "Mận"), officer):
        await expect(held.locator(".bubble", has_text=hostile).last).to_be_visible()
        assert await held.locator(".bubble img[src='x'], .bubble script, .bubble b").count() == 0
    assert await page.evaluate("window.broken") is None


async def test_formatting_follows_utf16_offsets(visit: Any, town: Town) -> None:
    page = await visit()
    html = (
        "👮‍♀️😀 <b>đậm <i>nghiêng</i></b> <u>gạch</u> <s>bỏ</s> <tg-spoiler>kín</tg-spoiler>\n"
        "<pre>mã</pre>\n<blockquote>trích</blockquote>"
    )
    await calls(town, "sendMessage", chat_id=town.ward.group_7.id, text=html, parse_mode="HTML")
    held = await opens(page, "Mận", town.ward.group_7.id)
    last = held.locator(".bubble", has_text="đậm nghiêng")
    await expect(last.locator("strong")).to_have_text("đậm nghiêng")
    await expect(last.locator("strong em")).to_have_text("nghiêng")
    for tag, words in (("u", "gạch"), ("s", "bỏ"), ("pre", "mã"), ("blockquote", "trích")):
        await expect(last.locator(tag)).to_have_text(words)
    await last.locator(".spoiler").click()
    await expect(last.locator(".spoiler")).to_have_class("spoiler open")


async def test_a_reply_quotes_and_its_quote_leads_back(visit: Any, town: Town) -> None:
    page = await visit()
    asked = town.ward.man.says("Mấy giờ họp ạ?", town.ward.group_7)
    held = await opens(page, "Na", town.ward.group_7.id)
    row = held.locator(f"[data-id='{asked['message_id']}']")
    await row.hover()
    await row.get_by_role("button", name="Trả lời").click()
    await expect(held.locator(".context")).to_contain_text("Mấy giờ họp ạ?")
    await writes(held, "19 giờ 30")
    answer = await town.sandbox.wait_for(town.ward.group_7, lambda m: m.get("text") == "19 giờ 30")
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    await held.locator(".quote", has_text="Mấy giờ họp").click()
    await expect(row).to_have_class("row first flash")


async def test_the_last_own_message_is_edited_and_deleted(visit: Any, town: Town) -> None:
    page = await visit()
    held = await opens(page, "Na", town.ward.group_7.id)
    await writes(held, "sai chinh ta")
    await expect(held.locator(".bubble").last).to_contain_text("sai chinh ta")
    await held.locator(".input").press("ArrowUp")
    await expect(held.locator(".input")).to_have_value("sai chinh ta")
    await writes(held, "sai chính tả")
    await expect(held.locator(".bubble").last).to_contain_text("đã sửa")
    await held.locator(".editlast").click()
    await held.get_by_role("button", name="Xoá tin này").click()
    await expect(held.locator(".bubble", has_text="sai chính tả")).to_have_count(0)


async def test_albums_places_cards_and_files_are_sent_and_shown(visit: Any, town: Town) -> None:
    page = await visit()
    held = await opens(page, "Mận", town.ward.group_7.id)
    await held.locator(".input").fill("ba tấm")
    for kind in ("samples", "place", "contact"):
        await held.locator(".attach").click()
        await held.locator(f".menu [data-kind={kind}]").click()
        await expect(held.locator(".menu")).to_be_hidden()
    await expect(held.locator(".album img")).to_have_count(3)
    await expect(held.locator(".bubble", has=page.locator(".album"))).to_contain_text("ba tấm")
    await expect(held.locator(".place").last).to_contain_text("21.02851")
    await expect(held.locator(".file").last).to_contain_text("0900000000")
    async with page.expect_file_chooser() as choosing:
        await held.locator(".attach").click()
        await held.locator(".menu [data-kind=document]").click()
    await (await choosing.value).set_files([{"name": "bien-ban.txt", "mimeType": "text/plain", "buffer": b"mau"}])
    await expect(held.locator(".file").last).to_contain_text("bien-ban.txt")
    await held.locator(".picture").first.click()
    await expect(page.locator("#viewer img")).to_be_visible()


async def test_pins_reactions_and_deletions_show_at_once(visit: Any, town: Town) -> None:
    page = await visit()
    group = town.ward.group_7
    held = await opens(page, "Na", group.id)
    said = town.ward.man.says("Đã nhận thông báo", group)
    await calls(
        town,
        "setMessageReaction",
        chat_id=group.id,
        message_id=said["message_id"],
        reaction=[{"type": "emoji", "emoji": "👍"}],
    )
    row = held.locator(f"[data-id='{said['message_id']}']")
    await expect(row.locator(".reactions")).to_have_text("👍")
    group.pin(said)
    await expect(held.locator(".pin")).to_contain_text("Đã nhận thông báo")
    town.ward.man.deletes(said)
    await expect(row).to_have_count(0)


async def test_a_button_pressed_without_the_right_shows_the_bots_refusal(visit: Any, town: Town) -> None:
    page = await visit()
    town.ward.desk.join(town.sandbox.add_person("Anh Mít (mẫu)"))
    held = await opens(page, "Ổi", town.ward.desk.id)
    await held.locator(".key", has_text="Bỏ quyền").click()
    await expect(held.locator(".toast.shown, .sheet:visible").first).to_contain_text("dành cho chỉ huy")


async def test_deep_links_act_inside_and_others_open_nothing(visit: Any, town: Town) -> None:
    page = await visit()
    held = await opens(page, "Mận", town.ward.group_5.id)
    await held.locator(".pin").click()
    await held.locator(".key", has_text="Gửi tin riêng").first.click()
    await expect(held.locator(".head")).to_contain_text("Trò chuyện riêng với bot")
    await expect(held.locator(".row.mine").last).to_contain_text("/start g")
    town.ward.na.says("xem https://example.com/a nhé", town.ward.group_5)
    held = await opens(page, "Mận", town.ward.group_5.id)
    await held.get_by_role("link", name="https://example.com/a").click()
    await expect(held.locator(".toast")).to_contain_text("không mở trang ngoài")
    assert len(page.context.pages) == 1


async def test_another_person_takes_over_a_phone(visit: Any) -> None:
    page = await visit()
    await phone(page, "Bưởi").locator(".owner").click()
    await phone(page, "Bưởi").locator(".owners button", has_text="Cam").click()
    await expect(phone(page, "Cam").locator(".item").first).to_contain_text("Trực ban")
    await expect(phone(page, "Bưởi")).to_have_count(0)


async def test_long_words_do_not_widen_the_page(visit: Any, town: Town) -> None:
    page = await visit(NARROW)
    town.ward.na.says("k" * 200 + " https://example.com/" + "a" * 300, town.ward.group_5)
    held = await opens(page, "Mận", town.ward.group_5.id)
    await expect(held.locator(".bubble").last).to_contain_text("kkkk")


async def test_the_page_comes_back_after_a_broken_line(visit: Any, town: Town) -> None:
    page = await visit()
    held = await opens(page, "Na", town.ward.group_7.id)
    town.sandbox.http.phone.end_streams()
    await expect(page.locator(".line.live")).to_have_count(0)
    town.ward.man.says("Nói khi mất nối", town.ward.group_7)
    await expect(page.locator(".line.live")).to_have_count(1)
    await expect(held.locator(".bubble").last).to_contain_text("Nói khi mất nối")


async def test_the_tour_begins_with_the_residents_input_and_follows_the_tip(visit: Any, town: Town) -> None:
    page = await visit(tour=True)
    held = phone(page, "Na")
    await expect(held.locator(".head")).to_contain_text("Trò chuyện riêng với bot")
    await expect(held.locator(".field")).to_have_class("field lit")
    await expect(page.locator("#tour")).to_contain_text("Bước 1/6: Báo tin")
    await page.get_by_role("button", name="Điền sẵn câu mẫu").click()
    await expect(held.locator(".input")).to_have_value("Co nguoi la dang be khoa xe truoc nha so 12")
    await held.locator(".input").press("Enter")
    await page.get_by_role("button", name="Không có ảnh").click()
    await held.locator(".key.lit", has_text="Ẩn danh").click()
    await page.get_by_role("button", name="Sang bước 2").click()
    officer = phone(page, "Ổi")
    await officer.locator(".key.lit", has_text="Tiếp nhận").click()
    await expect(officer.locator(".key.lit", has_text="Đóng")).to_be_visible()
    await page.get_by_role("button", name="Bỏ qua bước này").click()
    await expect(page.locator("#tour")).to_contain_text("Bước 3/6: Cảnh báo")
    await page.get_by_role("button", name="Đóng hướng dẫn").click()
    await expect(page.locator("#tour")).to_be_hidden()
    await expect(page.locator("#guide")).to_contain_text("bước 3/6")


async def test_where_there_is_no_zalo_nothing_of_it_shows(visit: Any) -> None:
    page = await visit()
    await expect(page.locator(".zalo")).to_have_count(0)
    assert "zalo" not in await page.evaluate("fetch('/phone/state').then((answer) => answer.json())")
