"""A platform's plan runs out: broadcasts stop first, answers last, and the desk knows in time."""

from pathlib import Path

import pytest

from bot.messages import Priority
from bot.sandbox import Sandbox
from tests.cast import Stage, text_of
from tests.conversations.broadcasting import count
from tests.conversations.metered import metered

MONTH = 31 * 24 * 3600.0
NEAR, BROADCASTS_STOP, END = "Sắp hết thì em dừng", "dừng tin phát</b> ở mạng này", "đã hết</b>. Em không trả lời"


def warned(stage: Stage, words: str) -> int:
    """How often the desk was warned in these words."""
    return count(stage.desk, words.replace("<b>", "").replace("</b>", ""))


async def test_a_broadcast_stops_first_and_a_tip_is_still_answered(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=20) as stage:
        await stage.speaks(18)
        result = await stage.broadcasts("Tối nay kiểm tra phòng cháy")
        assert "Đã gửi 2/3 nhóm" in result
        assert "Chưa gửi được tới Tổ 9: số tin được gửi trong tháng" in result
        assert warned(stage, "Chưa gửi được tới Tổ 9") == 1  # in the result, not once more as a failure of its own
        assert not any("phòng cháy" in text for text in stage.group9.texts())
        stage.lan.says("Mất xe máy ở ngõ 5")
        await stage.hears(stage.lan.chat_with(), "Mất xe máy")
        stage.lan.says("Gửi")
        await stage.hears(stage.lan.chat_with(), "Tin đã được ghi nhận")
        await stage.sees(stage.desk, "Mất xe máy")
        assert stage.zalo_bot.outbound == 20


async def test_the_desk_is_warned_once_a_level(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=20) as stage:
        await stage.speaks(15)
        assert warned(stage, NEAR) == 0
        await stage.speaks(1)
        await stage.sees(stage.desk, "Sắp hết thì em dừng")
        await stage.speaks(1)
        assert warned(stage, BROADCASTS_STOP) == 0
        await stage.speaks(2)
        await stage.sees(stage.desk, "dừng tin phát")
        await stage.restarts()
        await stage.speaks(1)
        await stage.sees(stage.desk, "đã hết. Em không trả lời")
        await stage.rests()
        assert [warned(stage, words) for words in (NEAR, BROADCASTS_STOP, END)] == [1, 1, 1]
        assert not any("đã gửi" in text for text in stage.group9.texts())


async def test_the_end_stops_answers_and_an_emergency_is_still_tried(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=5) as stage:
        await stage.speaks(7)
        assert stage.zalo_bot.outbound == 5
        assert warned(stage, "Chưa gửi được tới Tổ 9") == 2
        await stage.speaks(2, Priority.EMERGENCY, "Cháy lớn")
        assert stage.group9.texts()[-1] == "Cháy lớn 1"
        assert "Tin đã gửi: 7/5" in await stage.asks()


async def test_hanmuc_shows_what_is_used_and_what_has_stopped(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=20, quota_users=50, quota_groups=3) as stage:
        said = await stage.asks()
        for line in ("Zalo", "Tin đã gửi: 0/20", "Người nhắn riêng: 0/50", "Nhóm liên kết: 1/3", "Chưa dừng loại tin"):
            assert line in said
        assert "Telegram" not in said
        stage.lan.says("chào")
        await stage.hears(stage.lan.chat_with(), "")
        await stage.speaks(17)
        said = await stage.asks()
        assert "Tin đã gửi: 18/20" in said
        assert "Người nhắn riêng: 1/50" in said
        assert "Đã dừng tin phát. Trả lời bà con" in said
        await stage.speaks(2)
        assert "Đã hết: em chỉ còn thử gửi tin khẩn cấp" in await stage.asks(stage.em)


async def test_a_new_month_begins_anew_and_is_warned_of_anew(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=10) as stage:
        await stage.speaks(9)
        assert "Đã gửi 2/3 nhóm" in await stage.broadcasts("Lần một")
        before = warned(stage, NEAR)
        stage.shift = MONTH
        assert "Tin đã gửi: 0/10" in await stage.asks()
        assert "Đã gửi 3/3 nhóm" in await stage.broadcasts("Lần hai")
        assert "Lần hai" in stage.group9.texts()[-1]
        await stage.speaks(7)
        await stage.rests()
        assert warned(stage, NEAR) == before + 1
        assert warned(stage, BROADCASTS_STOP) == 1


async def test_a_restart_forgets_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=10, quota_users=5) as stage:
        stage.lan.says("chào")
        await stage.hears(stage.lan.chat_with(), "")
        await stage.speaks(8)
        await stage.restarts()
        said = await stage.asks()
        assert "Tin đã gửi: 9/10" in said
        assert "Người nhắn riêng: 1/5" in said
        assert "Đã gửi 2/3 nhóm" in await stage.broadcasts("Sau khi khởi động lại")


async def test_a_smaller_plan_is_told_at_the_start(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=100) as stage:
        await stage.speaks(9)
        await stage.restarts(quota_messages=10)
        await stage.sees(stage.desk, "9/10")
        assert warned(stage, BROADCASTS_STOP) == 1


async def test_people_and_groups_are_warned_of(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_users=5, quota_groups=2) as stage:
        neighbours = [stage.zalo.add_person(f"Người {number}") for number in range(5)]
        for person in neighbours[:4]:
            person.says("chào")
            person.says("chào lần nữa")
            await stage.hears(person.chat_with(), "")
        await stage.sees(stage.desk, "đã có 4/5 người")
        neighbours[4].says("chào")
        await stage.sees(stage.desk, "đã có 5/5 người")
        await stage.links_zalo("Tổ 11", "zgr-khac")
        await stage.sees(stage.desk, "đã liên kết 2/2 nhóm, hết số nhóm")
        await stage.rests()
        assert count(stage.desk, "người nhắn riêng với em") == 2


@pytest.mark.telegram_only("Zalo has a quota")
async def test_without_a_quota_nothing_is_counted_and_hanmuc_says_so(stage: Stage) -> None:
    said = stage.dung.says("/quota", stage.desk)
    answer = await stage.sees(stage.desk, "Không mạng nào đang dùng giới hạn", after=said["message_id"])
    assert "Zalo" not in text_of(answer)
    assert stage.app is not None
    metrics = (await stage.app.metrics()).decode()
    assert "binhyen_quota{" not in metrics


async def test_only_an_officer_learns_it(stage: Stage) -> None:
    stage.dung.says("tôi là cán bộ", stage.desk)
    newcomer = stage.sandbox.add_person("Khách")
    stage.desk.join(newcomer)
    card = await stage.sees(stage.desk, "vừa vào nhóm trực ban")
    stage.em.presses(card, "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền")
    newcomer.says("/hanmuc", stage.desk)
    await stage.sees(stage.desk, "Việc này dành cho cán bộ")


async def test_metrics_show_used_and_allowed(sandbox: Sandbox, tmp_path: Path) -> None:
    async with metered(sandbox, tmp_path, quota_messages=20, quota_groups=3) as stage:
        await stage.speaks(4)
        assert stage.app is not None
        shown = (await stage.app.metrics()).decode()
        for what, side, value in (("messages", "used", 4), ("messages", "allowed", 20), ("groups", "used", 1)):
            assert f'binhyen_quota{{platform="zalo_bot",side="{side}",what="{what}"}} {value}.0' in shown
        assert 'what="people"' not in shown
