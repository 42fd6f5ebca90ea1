"""Posts that accuse somebody are taken down where a chief wants it; nothing of them is kept."""

import asyncio
import sqlite3
from typing import Any

import pytest

from bot.app import FOLLOW
from tests.cast import Stage, text_of

pytestmark = pytest.mark.telegram_only("elsewhere a bot neither sees nor deletes what others write")
ACCUSING = "thằng Tuấn nhà số 5 ăn trộm xe, mọi người cẩn thận"


async def topic_of_group(stage: Stage) -> int:
    """The topic of Tổ 5 at the desk, which exists once something was relayed."""
    stage.an.says("@binhyen_bot chào trực ban", stage.group5)
    said = await stage.sees(stage.desk, "chào trực ban")
    return int(said["message_thread_id"])


async def switched(stage: Stage, word: str = "bật", *, rights: bool = True) -> int:
    if rights:
        stage.group5.add_bot(stage.bot, by=stage.hoa, admin=True, rights={"can_delete_messages": True})
    topic = await topic_of_group(stage)
    stage.em.says(f"/locnhom {word}", stage.desk, topic=topic)
    await stage.sees(stage.group5, "em xem lướt" if word == "bật" else "không gỡ tin")
    await stage.rests()
    assert stage.app is not None
    for _ in range(int((FOLLOW + 3) / 0.05)):
        if bool(stage.app.watch.groups) is (word == "bật"):
            return topic
        await asyncio.sleep(0.05)
    raise AssertionError("the switch is not known")


def stands(stage: Stage, message: dict[str, Any]) -> bool:
    return message["message_id"] in {m["message_id"] for m in stage.group5.messages}


async def test_a_post_that_names_somebody_with_a_crime_is_taken_down_and_its_author_shown_the_way(stage: Stage) -> None:
    await switched(stage)
    post = stage.binh.says(ACCUSING, stage.group5)
    note = await stage.sees(stage.group5, "vừa gỡ một tin")
    assert await stage.sandbox.until(lambda: not stands(stage, post))
    assert "Tuấn" not in text_of(note)
    assert "Bình" not in text_of(note)
    assert note["reply_markup"]["inline_keyboard"][0][0]["url"]


async def test_nothing_is_kept_of_it(stage: Stage) -> None:
    await switched(stage)
    stage.binh.says(ACCUSING, stage.group5)
    await stage.sees(stage.group5, "vừa gỡ một tin")
    await stage.rests()
    await stage.sees_nothing(stage.desk, "Tuấn", within=0.1)
    assert stage.app is not None
    kept = dump(stage)
    assert "Tuấn" not in kept
    assert "tuan nha" not in kept


def dump(stage: Stage) -> str:
    assert stage.app is not None
    file = stage.app.settings.var_dir / "test.db"
    with sqlite3.connect(file) as database:
        lines = "\n".join(database.iterdump())
    database.close()
    return lines


async def test_ordinary_talk_stays_and_is_not_stored(stage: Stage) -> None:
    await switched(stage)
    before = dump(stage).count('INSERT INTO "inbox"')
    posts = [
        stage.an.says(words, stage.group5)
        for words in ("anh Tuấn ơi mai họp tổ nhé", "có trộm ở ngõ 5 bà con chú ý", "bán xe 29A-12345 còn mới")
    ]
    stage.an.says("@binhyen_bot xong chưa", stage.group5)
    await stage.sees(stage.desk, "xong chưa")
    assert all(stands(stage, post) for post in posts)
    await stage.rests()
    assert dump(stage).count('INSERT INTO "inbox"') == before + 1


async def test_without_the_switch_everything_stays(stage: Stage) -> None:
    stage.group5.add_bot(stage.bot, by=stage.hoa, admin=True, rights={"can_delete_messages": True})
    post = stage.binh.says(ACCUSING, stage.group5)
    await topic_of_group(stage)
    assert stands(stage, post)


async def test_switched_off_it_stays(stage: Stage) -> None:
    await switched(stage)
    await switched(stage, "tắt", rights=False)
    post = stage.binh.says(ACCUSING, stage.group5)
    await topic_of_group(stage)
    assert stands(stage, post)


async def test_an_edit_is_looked_at_too(stage: Stage) -> None:
    await switched(stage)
    post = stage.binh.says("mọi người cẩn thận", stage.group5)
    stage.binh.edits(post, ACCUSING)
    assert await stage.sandbox.until(lambda: not stands(stage, post))


async def test_many_posts_get_one_note(stage: Stage) -> None:
    await switched(stage)
    posts = [stage.binh.says(f"{ACCUSING} lần {n}", stage.group5) for n in range(4)]
    assert await stage.sandbox.until(lambda: not any(stands(stage, post) for post in posts))
    await stage.rests()
    assert sum("vừa gỡ một tin" in text_of(m) for m in stage.group5.messages) == 1


async def test_a_post_to_the_bot_reaches_the_desk_and_is_taken_down(stage: Stage) -> None:
    await switched(stage)
    post = stage.binh.says(f"@binhyen_bot {ACCUSING}", stage.group5)
    await stage.sees(stage.desk, "Tuấn")
    assert await stage.sandbox.until(lambda: not stands(stage, post))


async def test_only_a_chief_switches_and_only_in_a_groups_topic(stage: Stage) -> None:
    topic = await topic_of_group(stage)
    stage.dung.says("/locnhom bật", stage.desk, topic=topic)
    await stage.sees(stage.desk, "dành cho chỉ huy")
    stage.em.says("/locnhom bật", stage.desk)
    await stage.sees(stage.desk, "trong chủ đề của nhóm")


async def test_without_the_right_to_delete_the_desk_is_told_once(stage: Stage) -> None:
    stage.group5.add_bot(stage.bot, by=stage.hoa, admin=True, rights={"can_pin_messages": True})
    await switched(stage, rights=False)
    posts = [stage.binh.says(ACCUSING, stage.group5) for _ in range(2)]
    await stage.sees(stage.desk, "thiếu quyền")
    await stage.rests()
    assert all(stands(stage, post) for post in posts)
    assert sum("thiếu quyền" in text_of(m) for m in stage.desk.messages) == 1
