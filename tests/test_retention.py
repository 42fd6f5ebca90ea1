"""What is past its time is erased, and nothing before."""

import time
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.domain.workdays import after_workdays
from bot.messages import Attachment, MediaKind, Outgoing, Person
from bot.sandbox import sample_photo
from data import tables as t
from data.audit import hide_actors
from data.broadcasts import seal_message
from data.expiry import expire_words, next_morning, read_counts
from data.reporters import add_tip
from data.retention import DAY, HOUR, House, purge
from data.unit_of_work import NEWEST, Work
from tests.cast import Stage, text_of
from tests.conversations.reporting import passes, reported, told, with_button

SECRET = "nước ngập ở ngõ mười hai"


async def test_handled_events_lose_their_words_at_once_and_their_rows_after_a_week(stage: Stage) -> None:
    stage.an.says(f"/gui {SECRET}", stage.group5)
    await stage.sees(stage.desk, SECRET)
    await stage.rests()
    assert stage.app is not None
    assert await stage.app.database.write(kept_events) == set()
    await stage.app.database.write(lambda work: age(work, 8 * DAY))
    await stage.app.database.write(purge)
    assert await stage.app.database.write(lambda work: len(work.all(select(t.inbox.c.id).where(done)))) == 0


async def test_what_staff_may_make_a_tip_of_is_gone_after_two_days(stage: Stage) -> None:
    stage.an.says(f"/gui {SECRET}", stage.group5)
    await stage.sees(stage.desk, SECRET)
    await stage.rests()
    assert stage.app is not None
    await stage.app.database.write(purge)
    assert await stage.app.database.write(sealed_sources) == 1
    await stage.app.database.write(lambda work: age(work, 49 * HOUR))
    await stage.app.database.write(purge)
    assert await stage.app.database.write(sealed_sources) == 0


done = t.inbox.c.state == "done"


def kept_events(work: Work) -> set[int]:
    return {row.id for row in work.all(select(t.inbox.c.id).where(done, t.inbox.c.sealed.is_not(None)))}


def sealed_sources(work: Work) -> int:
    return len(work.all(select(t.relays.c.id).where(t.relays.c.sealed.is_not(None))))


def age(work: Work, by: float) -> None:
    work.run(update(t.inbox).values(received_at=t.inbox.c.received_at - by))
    work.run(update(t.relays).values(at=t.relays.c.at - by))


async def test_questions_go_a_month_after_their_answer_and_learners_after_two_years(stage: Stage) -> None:
    stage.an.says("/canbo mấy giờ mở cửa")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Hỏi cán bộ"), "Hỏi cán bộ")
    await stage.sees(stage.desk, "mấy giờ mở cửa")
    stage.an.says("/baihoc")
    await told(stage, stage.an, "Bài 1/")
    await stage.rests()
    await run_steps(stage)
    assert (await count(stage, t.inquiries), await count(stage, t.learners)) == (1, 1)

    def later(work: Work) -> None:
        work.run(update(t.inquiries).values(answered_at=work.now - 31 * DAY))
        work.run(update(t.learners).values(learned_at=work.now - 731 * DAY))

    assert stage.app is not None
    await stage.app.database.write(later)
    await run_steps(stage)
    assert (await count(stage, t.inquiries), await count(stage, t.learners)) == (0, 0)


# --- tips


async def run_steps(stage: Stage) -> None:
    """The hour's erasing."""
    assert stage.app is not None
    await stage.app._erase()


async def the_tip(stage: Stage) -> Any:
    """The only tip."""
    assert stage.app is not None
    rows = await stage.app.database.write(lambda work: work.all(select(t.tips)))
    assert len(rows) == 1
    return rows[0]


async def count(stage: Stage, table: Any) -> int:
    """How many rows."""
    assert stage.app is not None
    return len(await stage.app.database.write(lambda work: work.all(select(table))))


async def put(stage: Stage, **values: Any) -> None:
    """The tips become so."""
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.tips).values(values)))


def ago(days: float) -> float:
    return time.time() - days * DAY


async def reported_with_file(stage: Stage) -> None:
    """A tip with a picture, that an officer wrote about."""
    stage.an.says(SECRET)
    stage.an.sends_document(sample_photo(), "a.jpg", "image/jpeg")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "1 tệp"), "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    stage.dung.presses(await with_button(stage, stage.desk, "Tiếp nhận", SECRET), "Tiếp nhận")
    own = await with_button(stage, stage.desk, "Đóng", SECRET)
    stage.dung.says("/gui Mấy giờ ạ?", stage.desk, reply_to=own)
    await told(stage, stage.an, "Mấy giờ")
    await stage.rests()


async def test_a_closed_tip_loses_its_reporter_first_then_its_words_and_keeps_what_is_counted(
    stage: Stage, tmp_path: Path
) -> None:
    await reported_with_file(stage)
    await put(stage, status="closed", outcome="guided", answered_at=ago(89), closed_at=ago(89))
    await run_steps(stage)
    assert await count(stage, t.reporters) == 1
    await put(stage, closed_at=ago(91))
    await run_steps(stage)
    assert await count(stage, t.reporters) == 0
    assert (await the_tip(stage)).text == SECRET
    assert SECRET.encode() in (tmp_path / "test.db").read_bytes()
    await put(stage, closed_at=ago(366))
    await run_steps(stage)
    tip = await the_tip(stage)
    assert (tip.text, tip.sealed, tip.sealed_facts, tip.place, tip.sealed_handler) == ("", None, None, "", None)
    assert (tip.ward_id, tip.kind, tip.outcome, tip.created_at > 0) == (1, "su_co", "guided", True)
    assert await count(stage, t.evidence) == await count(stage, t.tip_events) == 0
    assert list((tmp_path / "vault").iterdir()) == []
    assert SECRET.encode() not in (tmp_path / "test.db").read_bytes()


async def test_what_was_passed_on_loses_its_originals_then_its_words_and_keeps_a_receipt_for_two_years(
    stage: Stage, tmp_path: Path
) -> None:
    await reported_with_file(stage)
    await put(stage, status="passed", passed_at=ago(29))
    await run_steps(stage)
    assert len(list((tmp_path / "vault").iterdir())) == 2
    await put(stage, passed_at=ago(31))
    await run_steps(stage)
    assert len(list((tmp_path / "vault").iterdir())) == 1, "what staff see stays"
    assert (await the_tip(stage)).text == SECRET
    await put(stage, status="closed", outcome="passed_on", closed_at=ago(91))
    await run_steps(stage)
    assert (await the_tip(stage)).text == ""
    assert list((tmp_path / "vault").iterdir()) == []
    assert await count(stage, t.evidence) == 1, "its hash stays"
    assert await count(stage, t.tip_events) > 0
    await put(stage, closed_at=ago(731))
    await run_steps(stage)
    assert await count(stage, t.evidence) == await count(stage, t.tip_events) == 0
    await the_tip(stage)


async def test_an_open_tip_has_no_end_however_old(stage: Stage) -> None:
    await reported_with_file(stage)
    await put(stage, created_at=ago(3000), touched_at=ago(3000), confirmed_at=ago(3000), accepted_at=ago(3000))
    await run_steps(stage)
    assert (await the_tip(stage)).text == SECRET
    assert await count(stage, t.reporters) == 1


async def test_a_draft_about_danger_that_nobody_confirmed_or_closed_ends_too(stage: Stage) -> None:
    stage.an.says("cháy nhà số 5")
    await with_button(stage, stage.desk, "Tiếp nhận", "CHƯA XÁC NHẬN")
    await stage.rests()
    await put(stage, touched_at=ago(364))
    await run_steps(stage)
    assert (await the_tip(stage)).sealed is not None
    await put(stage, touched_at=ago(366))
    await run_steps(stage)
    assert (await the_tip(stage)).sealed is None
    assert await count(stage, t.reporters) == 0


async def test_letters_go_a_month_after_the_end_and_the_history_stays(stage: Stage) -> None:
    await reported_with_file(stage)
    events = await count(stage, t.tip_events)
    await put(stage, status="closed", outcome="guided", closed_at=ago(31))
    await run_steps(stage)
    assert stage.app is not None
    words = select(t.tip_events.c.id).where(t.tip_events.c.sealed.is_not(None))
    assert await stage.app.database.write(lambda work: work.all(words)) == []
    assert await count(stage, t.tip_events) == events


async def test_what_was_erased_is_told_once_in_the_morning_and_audited(stage: Stage) -> None:
    await reported_with_file(stage)
    await put(stage, status="closed", outcome="guided", closed_at=ago(366))
    await run_steps(stage)
    await run_steps(stage)
    await passes(stage, "erased")
    await stage.sees(stage.desk, "Đã xoá theo hạn: 1 nội dung, 1 tệp, 1 danh tính người báo")
    assert stage.app is not None
    lines = select(t.audit.c.subject).where(t.audit.c.act == "retention.erased")
    rows = await stage.app.database.write(lambda work: work.all(lines))
    assert [row.subject for row in rows] == ["1 files, 1 people, 1 words"]
    await run_steps(stage)
    waiting = select(t.inbox.c.id).where(t.inbox.c.event_id.startswith("erased@"), t.inbox.c.state == "waiting")
    assert await stage.app.database.write(lambda work: work.all(waiting)) == []


async def test_the_words_go_from_the_cards_at_the_desk_too(stage: Stage) -> None:
    await reported_with_file(stage)
    assert stage.app is not None
    assert any(SECRET in text_of(message) for message in stage.desk.messages)
    await put(stage, status="closed", outcome="guided", closed_at=ago(366))
    await run_steps(stage)
    stage.app.delivery.worker.wake()
    await stage.sees(stage.desk, "(nội dung đã xoá)")
    await stage.rests()
    assert not any(SECRET in text_of(message) for message in stage.desk.messages)


async def test_many_are_erased_in_portions_and_a_crash_between_repeats_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.expiry.PORTION", 2)
    assert stage.app is not None

    def fill(work: Work) -> None:
        for number in range(5):
            values = {"code": f"TB-{number}", "status": "closed", "closed_at": ago(400), "text": SECRET}
            add_tip(work, Person("telegram", "9"), ward_id=1, source="private", **values)

    await stage.app.database.write(fill)
    house = House(stage.app.settings.retention, stage.app.vault, stage.app.settings.zone)
    portions = [await stage.app.database.write(house.portion(expire_words)) for _ in range(4)]
    assert portions == [2, 2, 1, 0]
    assert (await stage.app.database.write(read_counts))["1"]["words"] == 5


def test_the_morning_is_the_next_one_in_the_wards_zone() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    at = datetime(2026, 11, 26, 7, 59, tzinfo=zone).timestamp()
    assert next_morning(at, zone) == at + 60
    assert next_morning(at + 60, zone) == at + 60 + DAY


# --- everything else


async def test_rows_of_messages_and_relays_go_but_what_can_still_be_changed_stays(stage: Stage) -> None:
    stage.an.says(f"/gui {SECRET}", stage.group5)
    await stage.sees(stage.desk, SECRET)
    await reported(stage, stage.an, "hàng xóm ồn")
    await stage.rests()
    assert stage.app is not None

    def grow_old(work: Work) -> None:
        work.run(update(t.outbox).values(sent_at=ago(200), created_at=ago(200)))
        work.run(update(t.relays).values(at=ago(200)))

    await stage.app.database.write(grow_old)
    newest = await stage.app.database.write(lambda work: work.run(NEWEST).scalar())
    await run_steps(stage)
    tip = await the_tip(stage)
    kept = {row.id for row in await stage.app.database.write(lambda work: work.all(select(t.outbox.c.id)))}
    welcomes = await stage.app.database.write(lambda work: work.all(select(t.groups.c.welcome_row)))
    assert kept == {tip.card_row, newest, *(row.welcome_row for row in welcomes)} - {None}
    assert await count(stage, t.relays) == 0
    rows = {row.row_id for row in await stage.app.database.write(lambda work: work.all(select(t.deliveries.c.row_id)))}
    assert rows <= kept


async def test_a_broadcast_goes_with_its_groups_who_read_it_and_what_nobody_approved(stage: Stage) -> None:
    assert stage.app is not None

    def seed(work: Work) -> None:
        for number, finished in ((1, ago(400)), (2, ago(10))):
            row = {
                "id": number,
                "ward_id": 1,
                "author_key": "k",
                "sealed": seal_message(work, Outgoing(html="x")),
                "status": "withdrawn",
                "created_at": finished,
            }
            work.run(t.broadcasts.insert().values(row | {"finished_at": finished}))
            work.run(t.broadcast_targets.insert().values(broadcast_id=number, group_id=1, row_id=0, edition=1))
            work.run(t.broadcast_reads.insert().values(broadcast_id=number, person_key="x"))
            issue = {"ward_id": 1, "number": number, "month": f"2026-{number:02}", "sealed": b"", "created_at": 0.0}
            work.run(t.bulletins.insert().values(issue | {"broadcast_id": number, "sealed_next": b"x"}))

    await stage.app.database.write(seed)
    await run_steps(stage)
    for table in (t.broadcast_targets, t.broadcast_reads):
        rows = await stage.app.database.write(lambda work, table=table: work.all(select(table.c.broadcast_id)))
        assert [row.broadcast_id for row in rows] == [2]
    waiting = select(t.bulletins.c.number).where(t.bulletins.c.sealed_next.is_not(None))
    assert await stage.app.database.write(lambda work: [row.number for row in work.all(waiting)]) == [2]


async def test_files_of_what_nobody_approved_go_with_it(stage: Stage) -> None:
    assert stage.app is not None
    names = [stage.app.vault.put(kind) for kind in (b"draft", b"correction")]

    def seed(work: Work) -> None:
        sealed, corrected = (
            seal_message(work, Outgoing(attachments=(Attachment(MediaKind.PHOTO, stored=name),))) for name in names
        )
        row = {"ward_id": 1, "author_key": "k", "status": "asked", "created_at": ago(400)}
        work.run(t.broadcasts.insert().values(row | {"sealed": sealed, "sealed_next": corrected}))

    await stage.app.database.write(seed)
    await run_steps(stage)
    await stage.rests()
    assert not any(map(stage.app.vault.has, names))


async def test_a_used_setup_code_is_remembered_and_any_other_is_not(stage: Stage) -> None:
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.codes).values(used_at=ago(31))))
    await run_steps(stage)
    kinds = await stage.app.database.write(lambda work: [row.kind for row in work.all(select(t.codes.c.kind))])
    assert kinds == ["setup"]


async def test_a_message_that_left_names_no_private_chat_any_more(stage: Stage) -> None:
    await reported(stage, stage.an, "hàng xóm ồn")
    await stage.rests()
    assert stage.app is not None
    chats = select(t.outbox.c.id).where(t.outbox.c.sealed_chat.is_not(None))
    assert await stage.app.database.write(lambda work: work.all(chats)) == []


async def test_after_years_the_audit_names_nobody(stage: Stage) -> None:
    assert stage.app is not None
    monthly = stage.app.settings.retention.audit_days * DAY
    stage.app.database.clock = lambda: time.time() + monthly + DAY
    await stage.app.database.write(lambda work: hide_actors(work, work.now - monthly, 500))
    named = select(t.audit.c.act).where(t.audit.c.sealed_actor.is_not(None))
    rows = await stage.app.database.write(lambda work: work.all(named))
    assert [row.act for row in rows] == ["audit.pseudonymised"]


def test_a_term_in_working_days_skips_the_weekend() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    days = {(26, 2): 30, (27, 2): 1, (28, 2): 1, (29, 1): 30, (23, 2): 25}
    for (day, term), until in days.items():
        at = datetime(2026, 11, day, 15, tzinfo=zone).timestamp()
        due = datetime.fromtimestamp(after_workdays(at, term, zone), zone)
        assert (due.day, due.hour) == (until, 15), day
