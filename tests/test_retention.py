"""What is past its time is erased, and nothing before."""

from sqlalchemy import select, update

from data import tables as t
from data.retention import DAY, HOUR, purge
from data.unit_of_work import Work
from tests.cast import Stage

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
