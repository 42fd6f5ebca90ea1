"""`/baihoc` in private: a lesson, three questions, told why, resumed days later, on both platforms."""

import asyncio
from typing import Any

from sqlalchemy import update

from bot.domain.learning import Answered
from bot.messages import Person
from data import tables as t
from data.content import Content
from data.lessons import note_answer
from data.unit_of_work import Work
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import newest, rows_of
from tests.conversations.reporting import answer, labels, told, with_button

LESSONS = Content.load().everywhere.lessons
FIRST = next(iter(LESSONS.values()))


async def begun(stage: Stage, person: Any, words: str = "/baihoc") -> dict[str, Any]:
    """The lesson that is shown."""
    before = newest(person)
    person.says(words)
    return await stage.sandbox.wait_for(
        person.chat_with(), lambda m: m["message_id"] > before and "câu hỏi" in labels(m) and "📘" in text_of(m)
    )


async def asked(stage: Stage, person: Any, number: int) -> dict[str, Any]:
    """The question that is open."""
    return await told(stage, person, f"Câu {number}/3.")


async def done(stage: Stage, person: Any, *, right: int = 3) -> None:
    """The next lesson, the first `right` questions answered rightly, by typed numbers."""
    shown = text_of(await begun(stage, person))
    lesson = next(one for one in LESSONS.values() if one.title in shown)
    before = says(person, "1")
    for number, question in enumerate(lesson.quiz, 1):
        await heard(stage, person, f"Câu {number}/3.", before)
        before = says(person, str(question.answer if number <= right else question.answer % 3 + 1))
    await heard(stage, person, f"đúng {right}/3 câu", before)


def says(person: Any, words: str) -> int:
    """Somebody types; the number of the last message before."""
    before = newest(person)
    person.says(words)
    return before


async def heard(stage: Stage, person: Any, words: str, before: int) -> dict[str, Any]:
    """The answer that came after a message."""
    return await stage.sandbox.wait_for(
        person.chat_with(), lambda m: m["message_id"] > before and m["from"]["is_bot"] and words in text_of(m)
    )


async def test_a_lesson_says_what_why_and_where_it_is_from(stage: Stage) -> None:
    said = text_of(await begun(stage, stage.an))
    assert f"Bài 1/{len(LESSONS)}: {FIRST.title}" in said
    assert "Kiểm tra ngày 26/11/2026" in said


async def test_each_answer_is_told_whether_it_is_right_and_why(stage: Stage) -> None:
    stage.an.presses(await begun(stage, stage.an), "Làm 3 câu hỏi")
    question = FIRST.quiz[0]
    shown = await asked(stage, stage.an, 1)
    assert all(choice in text_of(shown) for choice in question.choices)
    stage.an.says(str(question.answer % 3 + 1))
    said = text_of(await told(stage, stage.an, "Chưa đúng"))
    assert question.right in said
    assert question.why in said
    stage.an.says(str(FIRST.quiz[1].answer))
    await told(stage, stage.an, "Đúng rồi ạ")


async def test_a_lesson_ends_with_the_score_and_the_bar_and_goes_on(stage: Stage) -> None:
    await done(stage, stage.an, right=2)
    end = await told(stage, stage.an, f"đã xong 1/{len(LESSONS)} bài")
    assert "▰" in text_of(end)
    stage.an.presses(end, "Bài tiếp theo")
    await told(stage, stage.an, "Bài 2/")


async def test_it_is_resumed_at_the_open_question_days_later(stage: Stage) -> None:
    stage.an.presses(await begun(stage, stage.an), "Làm 3 câu hỏi")
    await asked(stage, stage.an, 1)
    stage.an.says(str(FIRST.quiz[0].answer))
    await asked(stage, stage.an, 2)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.menus).values(shown_at=work.now - 3 * 86400)))
    stage.an.says("/baihoc")
    await told(stage, stage.an, "làm dở bài 1")
    stage.an.says(str(FIRST.quiz[1].answer))
    await asked(stage, stage.an, 3)


async def test_a_number_days_later_shows_the_question_again_and_counts_nothing(stage: Stage) -> None:
    stage.an.presses(await begun(stage, stage.an), "Làm 3 câu hỏi")
    await asked(stage, stage.an, 1)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.menus).values(shown_at=work.now - 3 * 86400)))
    stage.an.says("1")
    await told(stage, stage.an, "lựa chọn đã đổi")
    assert not await rows_of(stage, t.lesson_answers.c.lesson)


async def test_only_the_first_answer_counts(stage: Stage) -> None:
    stage.an.presses(await begun(stage, stage.an), "Làm 3 câu hỏi")
    shown = await asked(stage, stage.an, 1)
    stage.an.says(str(FIRST.quiz[0].answer))
    await asked(stage, stage.an, 2)
    if "reply_markup" in shown:
        assert "trả lời rồi" in await answer(stage, stage.an, shown, "1")
    assert [row.right for row in await rows_of(stage, t.lesson_answers.c.right)] == [True]


async def test_any_lesson_is_chosen_by_its_number_or_from_the_list(stage: Stage) -> None:
    names = list(LESSONS.values())
    assert names[4].title in text_of(await begun(stage, stage.an, "/baihoc 5"))
    stage.an.presses(await told(stage, stage.an, "Bài 5/"), "Các bài khác")
    stage.an.presses(await told(stage, stage.an, "chọn bài nào"), names[2].title)
    await told(stage, stage.an, "Bài 3/")
    stage.an.says("/baihoc 99")
    await told(stage, stage.an, "không thấy bài đó")


async def test_a_finished_lesson_shows_its_answers(stage: Stage) -> None:
    await done(stage, stage.an)
    again = await begin_again(stage)
    stage.an.presses(again, "Xem lại đáp án")
    assert FIRST.quiz[2].why in text_of(await told(stage, stage.an, "Đáp án\n"))


async def begin_again(stage: Stage) -> dict[str, Any]:
    """The first lesson, which is done."""
    stage.an.says("/baihoc 1")
    return await with_button(stage, stage.an.chat_with(), "Xem lại đáp án")


async def test_at_the_end_of_the_course_it_is_said(stage: Stage, residents_on: str) -> None:
    an, all_but_last = Person(residents_on, str(stage.an.id)), list(LESSONS)[:-1]

    def learn(work: Work) -> None:
        for name in all_but_last:
            for number in range(3):
                note_answer(work, an, Answered(name, number, right=True))

    assert stage.app is not None
    await stage.app.database.write(learn)
    await done(stage, stage.an)
    await told(stage, stage.an, "đã học hết các bài")
    before = says(stage.an, "/baihoc")
    await heard(stage, stage.an, f"đã xong {len(LESSONS)}/{len(LESSONS)} bài", before)


async def test_it_may_be_stopped_at_any_time(stage: Stage) -> None:
    stage.an.presses(await begun(stage, stage.an), "Nghỉ ở đây")
    await told(stage, stage.an, "hẹn anh/chị bữa khác")


async def test_no_slash_is_needed(stage: Stage) -> None:
    before = says(stage.an, "Bài học")
    await heard(stage, stage.an, "Bài 1/", before)
    before = says(stage.an, "huong dan")
    await heard(stage, stage.an, "cần hướng dẫn việc gì", before)


async def test_in_a_group_everybody_is_asked_to_learn_alone(stage: Stage) -> None:
    stage.an.says("/baihoc", stage.group5)
    await stage.sees(stage.group5, "mỗi người học theo nhịp của mình")


async def test_who_answered_what_is_kept_by_a_hash_and_goes_with_an_erasure(stage: Stage) -> None:
    await done(stage, stage.an)
    rows = await rows_of(stage, t.lesson_answers)
    assert len(rows) == 3
    assert not any(str(stage.an.id) in str(tuple(row)) for row in rows)
    stage.an.says("/xoadulieu")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Xoá", "3 câu trả lời"), "Xoá")
    await told(stage, stage.an, "Đã xoá")
    assert not await rows_of(stage, t.lesson_answers.c.lesson)
    assert not await rows_of(stage, t.learners.c.lesson)


async def test_the_next_lesson_has_its_picture(stage: Stage) -> None:
    await begun(stage, stage.an)

    for _ in range(200):
        if all(row.file for row in await rows_of(stage, t.lesson_pictures.c.file)):
            break
        await asyncio.sleep(0.1)
    assert is_picture(await begun(stage, stage.an))
