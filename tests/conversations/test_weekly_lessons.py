"""The lesson of the week: offered, approved, sent with its questions to every group; progress at the desk."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.calendar import Every, Rule
from bot.messages import Chat, ChatKind, EventKind, Incoming, Person
from bot.services.lessons import open_lesson
from data import tables as t
from data.broadcasts import encode_rule
from data.content import Content
from data.people import remember_person
from tests.cast import Stage, text_of
from tests.conversations.after import rows_of
from tests.conversations.broadcasting import named
from tests.conversations.reporting import answer, labels, with_button

LESSONS = list(Content.load().everywhere.lessons.values())


async def planned(stage: Stage) -> None:
    """Dũng asks for the weekly lesson, Em approves it."""
    stage.dung.says("/lich", stage.desk)
    stage.dung.presses(await with_button(stage, stage.desk, "Giờ học kỹ năng số hằng tuần"), "Giờ học")
    card = await with_button(stage, stage.desk, "Duyệt", "Chờ duyệt")
    assert "Thứ Năm hằng tuần lúc 19:00" in text_of(card)
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã duyệt (Em)")


async def thursday_comes(stage: Stage) -> None:
    """The moment of the schedule has just come."""
    assert stage.app is not None
    app = stage.app
    now = app.database.clock()
    local = datetime.fromtimestamp(now, app.settings.zone) - timedelta(minutes=1)
    rule = Rule(Every.WEEK, local.hour, local.minute, weekday=local.weekday())
    at = local.replace(second=0, microsecond=0).timestamp()

    def hurry(work: Any) -> int:
        query = update(t.schedules).where(t.schedules.c.content == "lessons")
        work.run(query.values(rule=encode_rule(rule), checked_at=at - 10))
        number = work.one(t.schedules.select().where(t.schedules.c.content == "lessons")).id
        chat, said = Chat("clock", f"schedule:{number}", ChatKind.GROUP), f"schedule:{number}:{at}"
        event = Incoming("clock", f"{said}:{work.now}", EventKind.CLOCK, chat, data=said, at=at)
        return work.receive([event])

    await app.database.write(hurry)
    app.delivery.worker.wake()


async def test_a_lesson_goes_to_every_group_and_its_questions_after_it(stage: Stage) -> None:
    await planned(stage)
    await thursday_comes(stage)
    for group in (stage.group5, stage.group7):
        lesson = await stage.sees(group, f"Bài 1/{len(LESSONS)}: {LESSONS[0].title}")
        await stage.rests()
        assert max(m["message_id"] for m in group.messages) > lesson["message_id"]
    assert len(await rows_of(stage, t.lessons_given.c.lesson)) == 1


async def test_the_next_week_has_the_next_lesson(stage: Stage) -> None:
    await planned(stage)
    await thursday_comes(stage)
    await stage.sees(stage.group5, "Bài 1/")
    await stage.rests()
    await thursday_comes(stage)
    await stage.sees(stage.group5, f"Bài 2/{len(LESSONS)}: {LESSONS[1].title}")


async def test_one_weekly_lesson_is_enough(stage: Stage) -> None:
    stage.dung.says("/lich", stage.desk)
    offered = await with_button(stage, stage.desk, "Giờ học kỹ năng số hằng tuần")
    stage.dung.presses(offered, "Giờ học")
    await stage.sees(stage.desk, "Chờ duyệt")
    assert "đã có lịch hoặc đang chờ" in await answer(stage, stage.dung, offered, "Giờ học")


async def test_the_hour_is_the_wards(stage: Stage) -> None:
    await named(stage)
    stage.em.says("/caidat lesson_hour 20", stage.desk)
    await stage.sees(stage.desk, "20")
    stage.dung.says("/baihoc", stage.desk)
    stage.dung.presses(await with_button(stage, stage.desk, "Tôi học"), "Giờ học kỹ năng số hằng tuần")
    assert "lúc 20:00" in text_of(await stage.sees(stage.desk, "Chờ duyệt"))


async def test_the_day_is_the_wards_also_of_lessons_that_go_out_already(stage: Stage) -> None:
    await planned(stage)
    stage.em.says("/caidat lesson_day thứ 7", stage.desk)
    await stage.sees(stage.desk, "Giờ học kỹ năng số vào: nay là Thứ Bảy")
    stage.em.says("/caidat lesson_day ngày rằm", stage.desk)
    await stage.sees(stage.desk, "Xin gõ một ngày trong tuần")
    stage.dung.says("/lich", stage.desk)
    await stage.sees(stage.desk, "Thứ Bảy hằng tuần lúc 19:00")


# --- how far everybody is


async def learned(stage: Stage, key: str, group: int | None, rights: str, *, officer: bool = False) -> None:
    """Somebody answered these questions of the first lessons: r or w each."""
    assert stage.app is not None
    names = list(Content.load().everywhere.lessons)

    def write(work: Any) -> None:
        values = {"person_key": key, "ward_id": 1, "group_id": group, "officer": officer, "learned_at": work.now}
        work.run(t.learners.insert().values(values))
        for number, one in enumerate(rights):
            row = {"person_key": key, "lesson": names[number // 3], "question": number % 3, "right": one == "r"}
            work.run(t.lesson_answers.insert().values(row | {"at": work.now}))

    await stage.app.database.write(write)


async def progress(stage: Stage) -> str:
    """What the desk is told."""
    before = max(message["message_id"] for message in stage.desk.messages)
    stage.dung.says("/baihoc", stage.desk)
    return text_of(await stage.sees(stage.desk, "Bài sắp tới", after=before))


async def test_a_group_of_three_is_counted_and_one_of_two_is_not(stage: Stage) -> None:
    for number in range(3):
        await learned(stage, f"five{number}", 1, "rrw")
    for number in range(2):
        await learned(stage, f"seven{number}", 2, "rrr")
    said = await progress(stage)
    assert "Tổ 5: 3 người học riêng, đúng 67%" in said
    assert "Tổ 7: dưới 3 người học riêng;" in said


async def test_a_units_officers_stand_against_the_target(stage: Stage) -> None:
    every = "r" * 3 * len(LESSONS)
    for number in range(3):
        await learned(stage, f"done{number}", None, every, officer=True)
    await learned(stage, "begun", None, "rr", officer=True)
    said = await progress(stage)
    assert "Học xong: 3 người; đã bắt đầu: 4 người; tổng 4 cán bộ, đạt 75%" in said
    await named(stage)
    stage.em.says("/caidat unit_officers 12", stage.desk)
    await stage.sees(stage.desk, "nay là 12")
    assert "tổng 12 cán bộ, đạt 25%" in await progress(stage)
    assert "Mục tiêu 100% đến 31/12/2026" in said


async def test_an_officer_counts_once_they_say_so(stage: Stage) -> None:
    stage.dung.says("/baihoc", stage.desk)
    desk = await with_button(stage, stage.desk, "Tôi học")
    assert "Đã ghi" in await answer(stage, stage.dung, desk, "Tôi học")
    assert [bool(row.officer) for row in await rows_of(stage, t.learners.c.officer)] == [True]
    assert stage.app is not None
    lessons_, someone = stage.app.around.content.everywhere.lessons, Person("telegram", str(stage.dung.id))

    def lives_elsewhere(work: Any) -> None:
        work.run(t.wards.insert().values(name="Phường Hoa Mai", desk="telegram:-1", created_at=work.now))
        remember_person(work, someone, ward_id=2)
        open_lesson(work, lessons_, someone, next(iter(lessons_)))

    await stage.app.database.write(lives_elsewhere)
    assert [row.ward_id for row in await rows_of(stage, t.learners.c.ward_id)] == [1]
    assert "đã bắt đầu: dưới 3 người" in await progress(stage)
    stage.desk.remove(stage.dung)
    await stage.rests()
    assert [bool(row.officer) for row in await rows_of(stage, t.learners.c.officer)] == [False]


@pytest.mark.telegram_only("quizzes")
async def test_questions_are_quizzes_and_only_counts_come_back(stage: Stage) -> None:
    await planned(stage)
    await thursday_comes(stage)
    quiz = LESSONS[0].quiz
    asked = [await quiz_message(stage, question.ask) for question in quiz]
    assert asked[0]["message_id"] < asked[1]["message_id"] < asked[2]["message_id"]
    poll = asked[0]["poll"]
    assert (poll["type"], poll["is_anonymous"], poll["correct_option_ids"]) == ("quiz", True, [quiz[0].answer - 1])
    stage.an.votes(asked[0], quiz[0].answer - 1)
    stage.binh.votes(asked[0], quiz[0].answer % 3)
    await stage.rests()
    assert "trong nhóm: chưa đủ để kể" in await progress(stage)
    stage.hoa.votes(asked[0], quiz[0].answer - 1)
    await stage.rests()
    assert "3 lượt, đúng 67%" in await progress(stage)
    assert not await rows_of(stage, t.learners.c.person_key)
    stage.an.votes(asked[0], 2)
    assert stage.group5.history[asked[0]["message_id"]]["poll"]["total_voter_count"] == 3


@pytest.mark.telegram_only("quizzes")
async def test_a_lesson_that_is_withdrawn_takes_its_questions_along_and_comes_again(stage: Stage) -> None:
    await planned(stage)
    await thursday_comes(stage)
    asked = [await quiz_message(stage, question.ask) for question in LESSONS[0].quiz]
    stage.em.presses(await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8), "Thu hồi")
    stage.em.presses(await with_button(stage, stage.desk, "Xác nhận thu hồi"), "Xác nhận thu hồi")
    left = {message["message_id"] for message in asked}
    assert await stage.sandbox.until(lambda: not left & {m["message_id"] for m in stage.group5.messages})
    assert not await rows_of(stage, t.lessons_given.c.lesson)
    assert "Bài sắp tới: 1. " in await progress(stage)


async def quiz_message(stage: Stage, ask: str) -> dict[str, Any]:
    """The quiz in Tổ 5 that asks this."""
    return await stage.sandbox.wait_for(stage.group5, lambda m: m.get("poll", {}).get("question") == ask)


async def test_where_there_are_no_quizzes_the_group_is_led_to_the_course(stage: Stage, residents_on: str) -> None:
    await planned(stage)
    await thursday_comes(stage)
    await stage.sees(stage.group5, "Bài 1/")
    if residents_on == "zalo_bot":
        said = text_of(await stage.sees(stage.group5, "Ba câu hỏi của bài 1"))
        assert re.search(r"lần đầu gõ mã nhóm \d{5}", said)
        assert "baihoc" in said


@pytest.mark.telegram_only("no deep links")
async def test_the_link_under_the_questions_leads_into_the_course_and_counts_the_group(stage: Stage) -> None:
    await planned(stage)
    await thursday_comes(stage)
    await stage.sees(stage.group5, "Bài 1/")
    stage.an.starts(stage.bot, "h1")
    lesson = await stage.sandbox.wait_for(stage.an.chat_with(), lambda m: "Làm 3 câu hỏi" in labels(m))
    stage.an.presses(lesson, "Làm 3 câu hỏi")
    await stage.sandbox.wait_for(stage.an.chat_with(), lambda m: "Câu 1/3" in text_of(m))
    assert [row.group_id for row in await rows_of(stage, t.learners.c.group_id)] == [1]


async def test_every_picture_fits_one_page() -> None:
    from bot.painter import paint

    for lesson in LESSONS:
        assert paint(lesson, "Bài 1/14").startswith(b"\x89PNG")
