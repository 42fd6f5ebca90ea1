"""What happens to the bot after it was set up: taken out, left unlinked, moved, topics and officers changed."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import update

from bot.delivery.drafting import TOPIC_LASTS
from bot.services.wards import new_setup_code
from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage, text_of


async def hurry(stage: Stage, subject: str) -> None:
    """The clock reaches what it was asked to say."""
    assert stage.app is not None

    def due(work: Work) -> int:
        rows = t.inbox.c.event_id.like(f"{subject}:%") & (t.inbox.c.state == "waiting")
        return int(work.run(update(t.inbox).where(rows).values(due_at=work.now)).rowcount)

    assert await stage.app.database.write(due)
    stage.app.delivery._wake_worker()
    await stage.rests()


@contextmanager
def unheard(stage: Stage) -> Iterator[None]:
    """What happens meanwhile is told to no bot."""
    queue = stage.bot.queue
    wants, queue.wants = queue.wants, lambda kind: False
    yield
    queue.wants = wants


async def another_ward(stage: Stage, **desk: object) -> object:
    """Giang's ward with one group, Tổ 9."""
    assert stage.app is not None
    other = stage.sandbox.add_group("Trực ban hai", stage.giang, [stage.dung], **desk)
    other.add_bot(stage.bot)
    code = await stage.app.database.write(new_setup_code)
    stage.giang.says(f"/thietlap {code} Phường Hai", other)
    await stage.sees(other, "Đã thiết lập")
    return other


async def link_basic_group(stage: Stage, desk: object, by: object) -> object:
    group = stage.sandbox.add_group("Tổ 9", stage.hoa, [stage.an], kind="group")
    by.says("/nhom Tổ 9", desk)
    offer = await stage.sees(desk, "Liên kết cho nhóm Tổ 9")
    group.add_bot(stage.bot, startgroup=offer["text"].rpartition("/lienket ")[2].strip())
    await stage.sees(desk, "Nhóm Tổ 9 đã liên kết")
    return group


async def talk_both_ways(stage: Stage, desk: object, group: object, words: str) -> None:
    stage.an.says(f"/gui {words}", group)
    seen = await stage.sees(desk, words)
    stage.dung.says(f"trả lời {words}", desk, reply_to=seen)
    await stage.sees(group, f"trả lời {words}")


# --- in and out


@pytest.mark.telegram_only("the bot is not told that it was removed")
async def test_a_bot_taken_out_of_a_group_says_so_at_the_desk(stage: Stage) -> None:
    stage.group5.remove(stage.bot, by=stage.hoa)
    told = await stage.sees(stage.desk, "Em vừa bị đưa ra khỏi nhóm Tổ 5")
    assert "/nhom" in text_of(told)


@pytest.mark.telegram_only("the bot is not told that it was muted")
async def test_a_muted_bot_says_so_at_the_desk(stage: Stage) -> None:
    stage.group5.mute(stage.bot)
    await stage.sees(stage.desk, "Em bị hạn chế trong nhóm Tổ 5")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_strange_group_is_told_once_and_left_after_a_day(stage: Stage) -> None:
    market = stage.sandbox.add_group("Chợ", stage.hoa, [stage.an])
    market.add_bot(stage.bot)
    stage.an.says("/gui có ai không", market)
    await stage.rests()
    await stage.sees_nothing(market, "chưa liên kết", within=0)
    await hurry(stage, "stranger")
    await stage.sees(market, "Nhóm này chưa liên kết")
    await hurry(stage, "leave")
    assert await stage.sandbox.until(lambda: stage.bot.id not in market.bots)
    assert sum("chưa liên kết" in text_of(message) for message in market.messages) == 1
    await stage.sees_nothing(stage.desk, "có ai không", within=0)


@pytest.mark.telegram_only("no joining is heard of")
async def test_a_group_linked_meanwhile_is_neither_told_nor_left(bare_stage: Stage) -> None:
    stage = bare_stage
    await stage.set_up_ward()
    await hurry(stage, "stranger")
    await hurry(stage, "leave")
    assert stage.bot.id in stage.group5.bots
    await stage.sees_nothing(stage.group5, "chưa liên kết", within=0)


# --- supergroups


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_group_that_becomes_a_supergroup_keeps_talking_both_ways(stage: Stage) -> None:
    old = await link_basic_group(stage, stage.desk, stage.em)
    await talk_both_ways(stage, stage.desk, old, "trước khi dời")
    await talk_both_ways(stage, stage.desk, old.migrate(), "sau khi dời")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_move_is_learnt_in_the_new_chat_as_well(stage: Stage) -> None:
    old = await link_basic_group(stage, stage.desk, stage.em)
    send_update = stage.sandbox.send_update

    def deaf_in_the_old_chat(bot: object, kind: str, lane: str, body: dict[str, object]) -> None:
        if lane != str(old.id):
            send_update(bot, kind, lane, body)

    stage.sandbox.send_update = deaf_in_the_old_chat
    await talk_both_ways(stage, stage.desk, old.migrate(), "sau khi dời")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_move_that_was_learnt_from_an_error_is_followed_too(stage: Stage) -> None:
    old = await link_basic_group(stage, stage.desk, stage.em)
    stage.an.says("/gui việc đầu", old)
    seen = await stage.sees(stage.desk, "việc đầu")
    with unheard(stage):
        new = old.migrate()
    stage.dung.says("đang tới", stage.desk, reply_to=seen)
    await stage.sees(new, "đang tới")
    await talk_both_ways(stage, stage.desk, new, "sau khi dời")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_desk_that_becomes_a_supergroup_keeps_talking_both_ways(stage: Stage) -> None:
    desk = await another_ward(stage, kind="group")
    group = await link_basic_group(stage, desk, stage.giang)
    await talk_both_ways(stage, desk, group, "trước khi dời")
    moved = desk.migrate()
    await talk_both_ways(stage, moved, group, "sau khi dời")
    await talk_both_ways(stage, moved, group.migrate(), "dời cả hai")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_desks_move_learnt_from_an_error_is_followed_too(stage: Stage) -> None:
    desk = await another_ward(stage, kind="group")
    group = await link_basic_group(stage, desk, stage.giang)
    with unheard(stage):
        moved = desk.migrate()
    await talk_both_ways(stage, moved, group, "sau khi dời")


# --- topics


async def test_a_closed_topic_is_made_again_and_answers_leave_from_the_new_one(stage: Stage) -> None:
    stage.an.says("/gui việc đầu", stage.group5)
    closed = (await stage.sees(stage.desk, "việc đầu"))["message_thread_id"]
    stage.desk.close_topic(closed)
    await asyncio.sleep(TOPIC_LASTS)
    stage.an.says("/gui việc nhì", stage.group5)
    fresh = (await stage.sees(stage.desk, "việc nhì"))["message_thread_id"]
    assert fresh != closed
    assert stage.desk.topics[fresh].name == "Tổ 5"
    stage.dung.says("/gui đã rõ", stage.desk, topic=fresh)
    await stage.sees(stage.group5, "đã rõ")


async def test_a_deleted_topic_is_made_again_and_answers_leave_from_the_new_one(stage: Stage) -> None:
    stage.an.says("/gui việc đầu", stage.group5)
    stage.desk.delete_topic((await stage.sees(stage.desk, "việc đầu"))["message_thread_id"])
    stage.an.says("/gui việc nhì", stage.group5)
    fresh = (await stage.sees(stage.desk, "việc nhì"))["message_thread_id"]
    stage.dung.says("/gui đã rõ", stage.desk, topic=fresh)
    await stage.sees(stage.group5, "đã rõ")


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_desk_without_topics_sees_the_groups_name_before_the_text(stage: Stage) -> None:
    desk = await another_ward(stage)
    await stage.sees(desk, "Nên bật Chủ đề")
    group = await link_basic_group(stage, desk, stage.giang)
    stage.an.says("/gui đèn hỏng", group)
    seen = await stage.sees(desk, "đèn hỏng")
    assert text_of(seen) == "[Tổ 9]\nAn: đèn hỏng"


async def test_a_desk_whose_bot_lost_the_topics_right_is_told_and_still_reads_until_it_comes_back(stage: Stage) -> None:
    stage.desk.promote(stage.bot, can_delete_messages=True)
    await stage.sees(stage.desk, "chưa có quyền quản lý chủ đề")
    stage.an.says("/gui đèn hỏng", stage.group5)
    seen = await stage.sees(stage.desk, "đèn hỏng")
    assert text_of(seen).startswith("[Tổ 5]\n")
    stage.desk.promote(stage.bot, can_delete_messages=True, can_manage_topics=True)
    await stage.rests()
    await asyncio.sleep(TOPIC_LASTS)
    stage.an.says("/gui đèn sáng", stage.group5)
    seen = await stage.sees(stage.desk, "đèn sáng")
    assert stage.desk.topics[seen["message_thread_id"]].name == "Tổ 5"


# --- officers


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_newcomer_at_the_desk_is_announced_and_can_be_barred_by_a_chief_only(stage: Stage) -> None:
    stage.desk.join(stage.chi)
    told = await stage.sees(stage.desk, "Chi vừa vào nhóm trực ban")
    refused = await stage.sandbox.wait_answer(stage.dung.presses(told, "Bỏ quyền"))
    assert "chỉ huy" in refused["text"]
    asked = stage.chi.says("/nhom Tổ 8", stage.desk)["message_id"]
    await stage.sees(stage.desk, "Liên kết cho nhóm Tổ 8", after=asked)
    stage.em.presses(told, "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền cán bộ")
    asked = stage.chi.says("/nhom Tổ 9", stage.desk)["message_id"]
    await stage.sees(stage.desk, "dành cho cán bộ", after=asked)


async def test_an_anonymous_admin_answers_residents_but_does_nothing_that_needs_an_officer(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.giang.says("Đang xuống", stage.desk, reply_to=seen, anonymous=True)
    told = await stage.sees(stage.group5, "Đang xuống")
    assert "Giang" not in text_of(told)
    asked = stage.giang.says("/nhom Tổ 9", stage.desk, anonymous=True)["message_id"]
    await stage.sees(stage.desk, "đang ẩn danh", after=asked)


@pytest.mark.telegram_only("about Telegram chats of another kind")
async def test_a_barred_officers_answers_stay_at_the_desk(stage: Stage) -> None:
    stage.desk.join(stage.chi)
    stage.em.presses(await stage.sees(stage.desk, "Chi vừa vào nhóm trực ban"), "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền cán bộ")
    stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.chi.says("xin chuyển tiền", stage.desk, reply_to=seen)
    stage.chi.says("/gui xin chuyển tiền", stage.desk, topic=seen["message_thread_id"])
    await stage.rests()
    await stage.sees_nothing(stage.group5, "chuyển tiền", within=0)
