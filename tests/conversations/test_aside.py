"""A report that involves an officer is one chief's: no desk, no queue, no search, no count ever hears of it."""

from typing import Any

from sqlalchemy import select

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import drafted, labels, reported, told, with_button

ABOUT = "anh Dũng cảnh sát khu vực nhận tiền của quán karaoke ở ngõ 12"


async def opened(stage: Stage, *chiefs: Any) -> None:
    """These chiefs have opened the private chat with the bot."""
    for chief in chiefs:
        chief.says("/start", to=stage.bot)
        await stage.sees(chief.chat_with(stage.bot), "bot tự động")


async def second_chief(stage: Stage) -> None:
    stage.em.says("/chihuy", stage.desk, reply_to=stage.giang.says("có mặt", stage.desk))
    await stage.sees(stage.desk, "nay là chỉ huy")


async def set_aside(stage: Stage, who: str = "") -> None:
    """An reports it, says that an officer is involved, and whom."""
    draft = await drafted(stage, stage.an, ABOUT)
    stage.an.presses(draft, "Ẩn danh")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Có", "liên quan tới cán bộ"), "Có")
    asked = await with_button(stage, stage.an.chat_with(), "Không rõ")
    if who:
        stage.an.says(who)
    else:
        stage.an.presses(asked, "Không rõ")


async def nothing_shown(stage: Stage, *words: str) -> None:
    """Neither the desk nor a group has any of these words."""
    await stage.rests()
    for chat in (stage.desk, stage.group5, stage.group7):
        said = "\n".join(text_of(message) for message in chat.messages)
        assert not [word for word in words if word in said]
    assert not [topic.name for topic in stage.desk.topics.values() if any(word in topic.name for word in words)]


async def code_of(stage: Stage) -> str:
    assert stage.app is not None
    return str(await stage.app.database.write(lambda work: work.run(select(t.tips.c.code)).scalar()))


async def test_a_whole_conversation_leaves_no_trace_at_the_desk_or_in_a_group(stage: Stage) -> None:
    await opened(stage, stage.em)
    await set_aside(stage)
    await told(stage, stage.an, "Tin đã được ghi nhận")
    chat = stage.em.chat_with(stage.bot)
    card = await stage.sees(chat, "liên quan cán bộ")
    assert "nhận tiền" in text_of(card)
    assert "An" not in text_of(card)
    stage.em.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    stage.em.says("Bác thấy hôm nào ạ?", reply_to=card, to=stage.bot)
    await told(stage, stage.an, "hôm nào")
    stage.an.says("tối thứ bảy vừa rồi")
    await stage.sees(chat, "tối thứ bảy")
    stage.an.says("Bác ơi em gửi thêm tin khác sau")
    stage.em.presses(card, "Đóng")
    stage.em.presses(await with_button(stage, chat, "Đã chuyển"), "Đã chuyển")
    stage.an.presses(await told(stage, stage.an, "nơi có thẩm quyền"), "Chưa giải quyết")
    await stage.sees(chat, "chưa giải quyết")
    assert "trực ban" not in text_of(await told(stage, stage.an, "mở lại"))
    await nothing_shown(stage, await code_of(stage), "nhận tiền", "thứ bảy", "cảnh sát khu vực", "cán bộ</b>")


async def test_no_list_search_or_code_at_the_desk_finds_it(stage: Stage) -> None:
    await opened(stage, stage.em)
    await set_aside(stage)
    await told(stage, stage.an, "Tin đã được ghi nhận")
    code = await code_of(stage)
    stage.dung.says("/hangcho", stage.desk)
    await stage.sees(stage.desk, "Không có tin nào")
    stage.dung.says("/hangcho karaoke", stage.desk)
    await stage.sees(stage.desk, "Không thấy tin nào")
    asked = stage.dung.says(f"/tin {code}", stage.desk)
    await stage.sees(stage.desk, "không thấy tin nào có mã này", after=asked["message_id"])
    other, card = await reported(stage, stage.binh, "karaoke ồn quá ở ngõ 12")
    asked = stage.dung.says(f"/trung {code}", stage.desk, reply_to=card)
    await stage.sees(stage.desk, "không thấy tin nào có mã này", after=asked["message_id"])
    await nothing_shown(stage, "nhận tiền")
    assert other != code


async def test_a_chief_who_is_named_does_not_get_it(stage: Stage) -> None:
    await second_chief(stage)
    await opened(stage, stage.em, stage.giang)
    await set_aside(stage, "anh Em chỉ huy")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    await stage.sees(stage.giang.chat_with(stage.bot), "liên quan cán bộ")
    await stage.rests()
    assert not [m for m in stage.em.chat_with(stage.bot).messages if "nhận tiền" in text_of(m)]


async def test_where_no_chief_may_have_it_the_reporter_is_told_where_to_turn(stage: Stage) -> None:
    await opened(stage, stage.em)
    await set_aside(stage, "anh Em chỉ huy")
    heard = await told(stage, stage.an, "cất kín")
    assert "Viện kiểm sát" in text_of(heard)
    await nothing_shown(stage, "nhận tiền")
    assert not [m for m in stage.em.chat_with(stage.bot).messages if "nhận tiền" in text_of(m)]


async def test_a_chief_who_blocked_the_bot_is_passed_over(stage: Stage) -> None:
    await second_chief(stage)
    await opened(stage, stage.em, stage.giang)
    stage.em.blocks(stage.bot)
    await set_aside(stage)
    await stage.sees(stage.giang.chat_with(stage.bot), "liên quan cán bộ")
    await nothing_shown(stage, "nhận tiền", "Không gửi được")


async def test_a_danger_that_may_involve_an_officer_waits_for_the_answer(stage: Stage) -> None:
    await opened(stage, stage.em)
    draft = await drafted(stage, stage.an, "cứu với, công an phường đánh người ở ngõ 12, chảy máu nhiều")
    await told(stage, stage.an, "113")
    await nothing_shown(stage, "ngõ 12")
    stage.an.presses(draft, "Gửi")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Không", "liên quan tới cán bộ"), "Không")
    await stage.sees(stage.desk, "ngõ 12")


async def test_the_button_takes_a_card_back_from_the_desk(stage: Stage) -> None:
    await opened(stage, stage.em)
    stage.an.says("cứu với, có người cầm dao đuổi chém ở ngõ 9")
    await stage.sees(stage.desk, "ngõ 9")
    draft = await with_button(stage, stage.an.chat_with(), "Liên quan cán bộ")
    assert "Ẩn danh" in labels(draft)
    stage.an.presses(draft, "Liên quan cán bộ")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Không rõ"), "Không rõ")
    await stage.sees(stage.em.chat_with(stage.bot), "liên quan cán bộ")
    await nothing_shown(stage, "ngõ 9")


async def test_a_chief_who_leaves_the_desk_has_it_no_more_and_the_next_one_does(stage: Stage) -> None:
    await second_chief(stage)
    await opened(stage, stage.em, stage.giang)
    await set_aside(stage)
    first = await stage.sees(stage.em.chat_with(stage.bot), "liên quan cán bộ")
    stage.desk.remove(stage.em)
    await stage.sees(stage.giang.chat_with(stage.bot), "nhận tiền")
    await stage.sees(stage.desk, "không còn là chỉ huy")
    await stage.rests()
    press = stage.em.presses(first, "Tiếp nhận")
    assert await stage.sandbox.until(lambda: press.answer is not None)
    await stage.rests()
    await stage.sees_nothing(stage.an.chat_with(), "Cán bộ đã tiếp nhận", within=0.2)


async def test_the_only_chief_who_leaves_stays_chief_so_that_another_can_be_named(stage: Stage) -> None:
    stage.desk.remove(stage.em)
    await stage.rests()
    await stage.sees_nothing(stage.desk, "không còn là chỉ huy", within=0.2)
    stage.desk.join(stage.em)
    await second_chief(stage)
