"""A broadcast is corrected or withdrawn everywhere it went: by its author or a chief, confirmed, written down."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.sandbox import Sandbox, sample_photo
from tests.cast import Stage, is_picture, settings_for, text_of
from tests.conversations.broadcasting import acts, asked, count, forges, linked, named, result, sent, told
from tests.processes import BotProcess

WIDE = 96  # px: the right picture
RIGHT = "Tối mai kiểm tra phòng cháy"


class Edits:
    """An observer of the sandbox: how often each chat was asked to edit a message."""

    def __init__(self) -> None:
        self.of: Counter[int] = Counter()

    def update(self, *_: Any) -> None:
        """Not looked at."""

    def result(self, *_: Any) -> None:
        """Not looked at."""

    def call(self, _bot: Any, method: str, params: dict[str, Any], _files: Any) -> None:
        """One request."""
        if method == "editMessageText":
            self.of[int(params["chat_id"])] += 1


async def proposed(stage: Stage, by: Any, card: dict[str, Any], words: str = RIGHT) -> dict[str, Any]:
    """What asks the chiefs whether these are the right words."""
    by.presses(card, "Đính chính")
    by.says(words, stage.desk, reply_to=await stage.sees(stage.desk, "toàn bộ nội dung đúng"))
    return await stage.sees(stage.desk, "Nội dung đính chính")


async def sent_picture(stage: Stage) -> dict[str, Any]:
    """The card of a picture that went to every group."""
    stage.dung.sends_photo(sample_photo(64, 48), stage.desk, caption="/phat Mất xe này")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    return await result(stage)


async def corrects_picture(stage: Stage, card: dict[str, Any], caption: str = "") -> None:
    """The right picture is proposed and approved."""
    stage.dung.presses(card, "Đính chính")
    question = await stage.sees(stage.desk, "toàn bộ nội dung đúng")
    stage.dung.sends_photo(sample_photo(WIDE, 48), stage.desk, caption=caption, reply_to=question)
    stage.em.presses(await stage.sees(stage.desk, "Nội dung đính chính"), "Duyệt")


async def test_every_copy_comes_to_say_the_right_words_and_that_they_are_a_correction(stage: Stage) -> None:
    card = await sent(stage)
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    for group in (stage.group5, stage.group7):
        said = text_of(await stage.sees(group, RIGHT))
        assert "Đính chính" in said
        assert said.endswith("Bot không bao giờ xin OTP, mật khẩu, tiền.")
        assert count(group, RIGHT) == 1
    await stage.sees(stage.desk, "Đính chính: Dũng soạn, Em duyệt")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    assert "broadcast.corrected" in await acts(stage)


@pytest.mark.telegram_only("what was said stays where messages cannot be edited: the next test")
async def test_where_messages_can_be_edited_nobody_reads_the_wrong_words_any_more(stage: Stage) -> None:
    card = await sent(stage)
    before = [len(group.messages) for group in (stage.group5, stage.group7)]
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    assert count(stage.group5, "Tối nay") == count(stage.group7, "Tối nay") == 0
    assert [len(group.messages) for group in (stage.group5, stage.group7)] == before


@pytest.mark.parametrize("residents_on", ["zalo_bot"], indirect=True)
@pytest.mark.telegram_only("asked for here by name: only Zalo")
async def test_where_they_cannot_a_new_message_names_the_old_one(stage: Stage) -> None:
    card = await sent(stage)
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    assert "Sửa lại tin lúc" in text_of(await stage.sees(stage.group5, RIGHT))
    assert count(stage.group5, "Tối nay") == 1


async def test_a_correction_is_corrected_again(stage: Stage) -> None:
    card = await sent(stage)
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    card = await result(stage, "Đã đính chính ở 2/2 nhóm")
    stage.em.presses(await proposed(stage, stage.dung, card, "Chủ nhật kiểm tra"), "Duyệt")
    assert "Chủ nhật" in text_of(await stage.sees(stage.group7, "Chủ nhật"))
    await stage.rests()
    assert count(stage.group7, "Chủ nhật") == 1


async def test_nobody_approves_their_own_correction(stage: Stage) -> None:
    card = await sent(stage)
    question = await proposed(stage, stage.em, card)
    assert "/chihuy" in text_of(question)
    assert "chỉ huy khác" in await told(stage, stage.em, question, "Duyệt")
    assert count(stage.group5, RIGHT) == 0
    await named(stage)
    stage.giang.presses(question, "Duyệt")
    await stage.sees(stage.group5, RIGHT)


async def test_what_was_dropped_is_approved_by_nobody(stage: Stage) -> None:
    question = await proposed(stage, stage.dung, await sent(stage))
    data = next(b["callback_data"] for row in question["reply_markup"]["inline_keyboard"] for b in row)
    stage.dung.presses(question, "Thôi")
    await stage.sees(stage.desk, "đính chính này đã bỏ")
    assert "cũ" in await forges(stage, stage.em, question, data)
    assert count(stage.group5, RIGHT) == 0


async def test_nothing_changes_before_it_is_confirmed_nor_when_it_is_given_up(stage: Stage) -> None:
    card = await sent(stage)
    question = await proposed(stage, stage.dung, card)
    await stage.sees_nothing(stage.group5, RIGHT, within=0.2)
    stage.dung.presses(question, "Thôi")
    await stage.sees(stage.desk, "đính chính này đã bỏ")
    assert count(stage.group5, RIGHT) == 0
    stage.dung.presses(card, "Đính chính")
    stage.dung.says("hủy", stage.desk, reply_to=await stage.sees(stage.desk, "toàn bộ nội dung đúng"))
    await stage.rests()
    assert count(stage.group5, "hủy") == 0


async def test_only_the_author_or_a_chief_corrects_and_withdraws(stage: Stage) -> None:
    card = await sent(stage)
    for button in ("Đính chính", "Thu hồi", "Ghim"):
        assert "người soạn hoặc chỉ huy" in await told(stage, stage.giang, card, button)
    question = await proposed(stage, stage.dung, card)
    assert "chỉ huy" in await told(stage, stage.giang, question, "Duyệt")
    assert count(stage.group5, RIGHT) == 0


async def test_confirming_twice_corrects_once(stage: Stage) -> None:
    card = await sent(stage)
    question = await proposed(stage, stage.dung, card)
    stage.em.presses(question, "Duyệt")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    assert "cũ" in await forges(stage, stage.em, question, "correct-yes:1")
    assert (await acts(stage)).count("broadcast.corrected") == 1


async def test_what_is_confirmed_is_what_was_shown_and_not_what_somebody_proposed_since(stage: Stage) -> None:
    card = await sent(stage)
    question = await proposed(stage, stage.dung, card)
    await stage.rests()
    stage.em.presses(card, "Đính chính")
    asked_em = await stage.sees(stage.desk, "toàn bộ nội dung đúng", after=question["message_id"])
    stage.em.says("Không kiểm tra nữa", stage.desk, reply_to=asked_em)
    await stage.sees(stage.desk, "Nội dung đính chính", after=asked_em["message_id"])
    assert "cũ" in await told(stage, stage.em, question, "Duyệt")
    assert count(stage.group5, RIGHT) == count(stage.group5, "Không kiểm tra") == 0


async def test_a_correction_that_is_too_long_is_refused(stage: Stage) -> None:
    card = await sent(stage)
    stage.dung.presses(card, "Đính chính")
    stage.dung.says("a" * 4090, stage.desk, reply_to=await stage.sees(stage.desk, "toàn bộ nội dung đúng"))
    await stage.sees(stage.desk, "Xin rút ngắn")


async def test_an_alert_still_calls_nobody_to_the_chase_when_it_is_corrected(stage: Stage) -> None:
    stage.em.says("/phat Cháy chợ, tránh đường số 2", stage.desk)
    card = await stage.sees(stage.desk, "Xem trước")
    stage.em.presses(card, "Khẩn cấp")
    stage.em.presses(await stage.sees(stage.desk, "Tin khẩn cấp"), "Gửi ngay")
    stage.em.presses(await proposed(stage, stage.em, await result(stage), "Tránh đường số 3"), "Xác nhận")
    assert text_of(await stage.sees(stage.group5, "đường số 3")).endswith("đăng ảnh. Gọi 113.")
    assert "broadcast.corrected_alone" in await acts(stage)


async def test_a_pictures_words_are_corrected_and_the_picture_stays(stage: Stage) -> None:
    stage.dung.sends_photo(sample_photo(64, 48), stage.desk, caption="/phat Mất xe này tối nay")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    stage.em.presses(await proposed(stage, stage.dung, await result(stage), "Mất xe này tối qua"), "Duyệt")
    await stage.sees(stage.group5, "tối qua")
    assert sum(is_picture(message) for message in stage.group5.messages) == 1
    await result(stage, "Đã đính chính ở 2/2 nhóm")


async def test_a_wrong_picture_is_replaced_in_the_same_message(stage: Stage) -> None:
    card = await sent_picture(stage)
    before = len(stage.group5.messages)
    await corrects_picture(stage, card, caption="Mất xe màu đỏ")
    copy = await stage.sees(stage.group5, "màu đỏ")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    if type(stage) is Stage:
        assert len(stage.group5.messages) == before
        assert copy["photo"][-1]["width"] == WIDE
    else:  # where nothing is edited, the right picture comes with the words that it is the corrected one
        assert is_picture(copy)
        assert "Sửa lại tin lúc" in text_of(copy)


async def test_a_picture_alone_keeps_the_words(stage: Stage) -> None:
    await corrects_picture(stage, await sent_picture(stage))
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    copy = next(m for m in reversed(stage.group5.messages) if is_picture(m))
    assert "Mất xe này" in text_of(copy)
    assert "Đính chính" in text_of(copy)


@pytest.mark.telegram_only("elsewhere nothing is edited")
async def test_words_are_given_a_picture_and_then_other_words(stage: Stage) -> None:
    await corrects_picture(stage, await sent(stage))
    card = await result(stage, "Đã đính chính ở 2/2 nhóm")
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    copy = await stage.sees(stage.group5, RIGHT)
    assert copy["photo"][-1]["width"] == WIDE
    assert count(stage.group5, "kiểm tra phòng cháy") == 1


@pytest.mark.telegram_only("it happens at the desk")
async def test_of_an_album_only_the_words_are_corrected(stage: Stage) -> None:
    stage.dung.sends_album([sample_photo(64, 48), sample_photo(48, 64)], stage.desk, caption="/phat Hai tấm")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    stage.dung.presses(await result(stage), "Đính chính")
    question = await stage.sees(stage.desk, "toàn bộ nội dung đúng")
    stage.dung.sends_photo(sample_photo(WIDE, 48), stage.desk, reply_to=question)
    await stage.sees(stage.desk, "chỉ sửa được chữ")


@pytest.mark.telegram_only("the words of a file are edited")
async def test_a_files_words_are_corrected_once_our_copy_of_it_is_erased(stage: Stage) -> None:
    stage.dung.sends_document(sample_photo(64, 48), "a.jpg", "image/jpeg", stage.desk, caption="/phat Lịch trực")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    card = await result(stage)
    assert stage.app is not None
    copies = list(stage.app.settings.var_dir.rglob("vault/*"))
    assert copies
    for copy in copies:
        copy.unlink()
    stage.em.presses(await proposed(stage, stage.dung, card, "Lịch trực mới"), "Duyệt")
    await stage.sees(stage.group5, "Lịch trực mới")
    await result(stage, "Đã đính chính ở 2/2 nhóm")


async def test_withdrawn_it_says_so_wherever_it_went(stage: Stage) -> None:
    card = await sent(stage)
    stage.dung.presses(card, "Thu hồi")
    question = await stage.sees(stage.desk, "Thu hồi tin này")
    await stage.sees_nothing(stage.group5, "thu hồi", within=0.2)
    stage.dung.presses(question, "Xác nhận thu hồi")
    for group in (stage.group5, stage.group7):
        await stage.sees(group, "đã được thu hồi")
    card = await result(stage, "Đã thu hồi ở 2/2 nhóm")
    assert "reply_markup" not in card
    assert "broadcast.withdrawn" in await acts(stage)
    assert "cũ" in await forges(stage, stage.dung, question, "withdraw-yes:1")


@pytest.mark.telegram_only("elsewhere nothing can be deleted")
async def test_a_picture_is_taken_down_whole(stage: Stage) -> None:
    stage.dung.sends_photo(sample_photo(64, 48), stage.desk, caption="/phat Mất xe này")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    card = await result(stage)
    stage.em.presses(card, "Thu hồi")
    stage.em.presses(await stage.sees(stage.desk, "Thu hồi tin này"), "Xác nhận")
    await result(stage, "Đã thu hồi ở 2/2 nhóm")
    assert count(stage.group5, "Mất xe") == count(stage.group7, "Mất xe") == 0


async def test_withdrawn_in_the_middle_the_others_never_get_it(sandbox: Sandbox, tmp_path: Path) -> None:
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    groups = await linked(stage, range(20, 30))
    card = await asked(stage, stage.dung)
    await app.stop()
    slow = App(settings_for(sandbox, tmp_path, rate_global=4))
    stage.app = slow
    await slow.start()
    try:
        stage.em.presses(card, "Duyệt")
        assert await sandbox.until(lambda: sum(count(group, "phòng cháy") for group in groups) >= 2)
        stage.em.presses(card, "Thu hồi")
        stage.em.presses(await stage.sees(stage.desk, "Thu hồi tin này"), "Xác nhận")
        await result(stage, "Đã thu hồi ở", timeout=20)
        reached = [group for group in groups if count(group, "đã được thu hồi")]
        assert 2 <= len(reached) < len(groups)
        assert not any(count(group, "phòng cháy") for group in groups)
    finally:
        await slow.stop()


async def test_killed_in_the_middle_of_a_correction_no_copy_keeps_the_wrong_words(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    stage = Stage(sandbox, None)
    bot = BotProcess(sandbox, tmp_path)
    await bot.start()
    await stage.set_up_ward()
    groups = await linked(stage, range(20, 26))
    card = await asked(stage, stage.dung)
    stage.em.presses(card, "Duyệt")
    card = await stage.sees(stage.desk, "Đã gửi 8/8 nhóm", timeout=20)
    question = await proposed(stage, stage.dung, card)
    await bot.stop()

    bot = BotProcess(sandbox, tmp_path, BINHYEN_TELEGRAM__RATE_GLOBAL="3")
    await bot.start()
    edits = Edits()
    sandbox.observers.append(edits)
    stage.em.presses(question, "Duyệt")
    assert await sandbox.until(lambda: sum(count(group, RIGHT) for group in groups) >= 2, timeout=15)
    await bot.kill()
    assert sum(count(group, RIGHT) for group in groups) < len(groups)
    await bot.start()
    await stage.sees(stage.desk, "Đã đính chính ở 8/8 nhóm", timeout=25)
    await bot.stop()
    assert [count(group, RIGHT) for group in groups] == [1] * len(groups)
    assert not any(count(group, "Tối nay") for group in groups)
    asked_for = [edits.of[group.id] for group in groups]
    assert min(asked_for) == 1
    assert sum(asked_for) <= len(groups) + 1  # the one in flight when the process died may have been repeated
