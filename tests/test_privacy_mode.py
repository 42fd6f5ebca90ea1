"""Both ends of the wire: nothing on it that the documented types do not know, and nothing kept that was overheard."""

from typing import Any

from sqlalchemy import func, select

from bot.sandbox import Sandbox, sample_photo
from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage
from tests.media_samples import photo
from tests.sandbox.witness import Witness, install


async def relays(stage: Stage) -> None:
    """Words, edits, withdrawals and files, both ways."""
    said = stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.an.edits(said, "@binhyen_bot nước ngập sâu")
    answer = stage.dung.says("Đang xuống", stage.desk, reply_to=seen)
    told = await stage.sees(stage.group5, "Đang xuống")
    stage.dung.edits(answer, "Đang xuống ngay")
    stage.an.sends_location(chat=stage.group5, reply_to=told)
    stage.an.sends_sticker(chat=stage.group5, reply_to=told)
    stage.an.sends_contact("0912345678", "Tổ trưởng", stage.group5, reply_to=told)
    stage.an.sends_voice(b"OggS", stage.group5, caption="/gui nghe giúp")
    stage.an.sends_document(photo(), "anh.jpg", "image/jpeg", stage.group5, caption="/gui ảnh")
    stage.an.sends_album([sample_photo(), sample_photo()], stage.group5, reply_to=told)
    await stage.sees(stage.desk, "ảnh")
    await stage.rests(10)
    stage.an.says("/rut", stage.group5, reply_to=said)
    stage.dung.says("/xoa", stage.desk, reply_to=answer)
    await stage.rests(10)


async def changes(stage: Stage) -> None:
    """A topic, a newcomer, help, a private chat, an unlinked group."""
    stage.desk.delete_topic(next(iter(stage.desk.topics)))
    stage.chi.says("/gui việc khác", stage.group7)
    stage.desk.join(stage.binh)
    told = await stage.sees(stage.desk, "Bình vừa vào nhóm")
    stage.em.presses(told, "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền")
    for typed in ("/start", "/trogiup", "/riengtu", "/ngonngu"):
        stage.an.says(typed)
    stage.an.says("/tinbao cột điện nghiêng", stage.group5)
    stage.an.says("Mất xe đạp ở sân nhà văn hoá")
    linked = await stage.sees(stage.desk, "Nhóm Tổ 7 đã liên kết")
    stage.dung.presses(linked, "Huỷ liên kết")
    await stage.sees(stage.group7, "Em xin rời nhóm")
    await stage.rests(10)


async def test_a_whole_day_on_the_wire_is_as_two_libraries_know_it(sandbox: Sandbox, bare_stage: Stage) -> None:
    witness: Witness = install(sandbox)
    await bare_stage.set_up_ward()
    await relays(bare_stage)
    await changes(bare_stage)
    witness.check()
    assert witness.calls > 50
    assert witness.updates > 30


async def test_under_privacy_mode_telegram_tells_the_bot_only_what_is_addressed_to_it(
    sandbox: Sandbox, stage: Stage
) -> None:
    heard: list[str] = []

    class Listener(Witness):
        def update(self, bot: Any, update: dict[str, Any]) -> None:
            heard.append(str(update))

    sandbox.observers.append(Listener())
    overheard(stage)
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    assert not [update for update in heard if "chuyện nhà" in update]


async def test_what_an_admin_bot_overhears_is_never_written_down(stage: Stage) -> None:
    assert stage.app is not None
    stage.group5.promote(stage.bot)
    await stage.rests()
    before = await stage.app.database.write(events)
    overheard(stage)
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await stage.rests()
    assert await stage.app.database.write(events) == before + 1
    await stage.sees_nothing(stage.desk, "chuyện nhà", within=0)


def overheard(stage: Stage) -> None:
    """What residents say to each other."""
    chatter = stage.an.says("chuyện nhà bà Tư", stage.group5)
    stage.binh.says("chuyện nhà, ừ", stage.group5, reply_to=chatter)
    stage.an.edits(chatter, "chuyện nhà ông Năm")
    stage.an.sends_photo(sample_photo(), stage.group5, caption="chuyện nhà bằng ảnh")
    stage.an.sends_album([sample_photo()] * 2, stage.group5, caption="chuyện nhà bằng ảnh")
    stage.hoa.says("chuyện nhà ẩn danh", stage.group5, anonymous=True)
    stage.binh.says("@ai_do chuyện nhà", stage.group5)
    stage.binh.says("/khac@bot_khac chuyện nhà", stage.group5)
    stage.binh.forwards(chatter, stage.group5)


def events(work: Work) -> int:
    """How many events of Telegram were ever stored."""
    return int(work.run(select(func.count()).where(t.inbox.c.platform == "telegram")).scalar() or 0)
