"""The queue at a thousand, a hundred thousand and a million tips: one page, one filter, one search, in milliseconds."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from bot.domain.vietnamese import fold, words
from bot.messages import Person
from bot.services import queue
from data import tables as t
from data.content import Content
from data.engine import Database
from data.queue import Shelf
from data.search import PUT, ward_mark
from data.unit_of_work import Work
from tests.bench.prepared import open_database
from tests.bench.stand import VAR, share

WARDS, GROUPS = 10, 27  # so many wards share the table; the first has half of all tips
ASKED = 300  # times each
BATCH = 20_000
STATUSES = ("new", "accepted", "waiting", "verifying", "passed", "answered", "closed")
SHARES = (2, 3, 1, 2, 2, 5, 85)
THINGS = (
    "mất xe máy|karaoke ồn ào|đánh bạc trong quán|trộm vào nhà|đổ rác bừa bãi|lừa đảo qua điện thoại|đua xe ban đêm"
)
WHERE = "trước nhà văn hoá|ở ngõ 12 Láng Hạ|gần chợ Thành Công|cạnh trường tiểu học|trong hẻm 35|đầu đường Lê Lợi"
WHEN = "tối qua|sáng nay|hồi nãy|từ tháng trước|đêm nào cũng vậy|lúc 5 giờ chiều"
MORE = "màu đỏ|màu xanh|hai người|mặc áo đen|chạy về phía cầu|có camera|bà con sợ lắm|nhờ xem giúp|biển số không rõ"
SEARCHES = ("xe may do", "karaoke nha van hoa", "ngo 12 lang ha", "trom cho thanh", "lua dao dien thoai", "camera cau")


async def shelve(bot: str, count: int = 100_000) -> dict[str, Any]:
    """A database with so many tips: milliseconds of each question, transaction included, p50 and p95."""
    del bot  # the peers have no queue
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=VAR) as folder:
        database = open_database(Path(folder))
        began = time.perf_counter()
        fill(database, count)
        filled = time.perf_counter() - began
        found = {name: timed(database, ask) for name, ask in questions().items()}
        database._close()
    figures = {f"{name}_{p}_ms": round(share(taken, p), 2) for name, taken in found.items() for p in (50, 95)}
    return {"count": count, "fill_s": round(filled, 1), **figures}


def fill(database: Database, count: int) -> None:
    """Tips as they come in a province: most are over, half belong to one ward."""
    chance = random.Random(7)
    for start in range(1, count + 1, BATCH):
        rows = [tip(number, chance) for number in range(start, min(start + BATCH, count + 1))]
        database.write_now(lambda work, rows=rows: put(work, rows))


def put(work: Work, rows: list[dict[str, Any]]) -> None:
    """Into the table and into the index."""
    if not work.one(t.wards.select()):
        work.run(insert(t.wards), [{"name": f"Phường {n}", "desk": f"x:{n}", "created_at": 0.0} for n in range(WARDS)])
    work.run(insert(t.tips), rows)
    indexed = [(row["id"], row["ward_id"], f"{row['code']} {row['text']}") for row in rows]
    work.run(PUT, [{"tip": i, "ward": ward_mark(w), "words": " ".join(words(fold(said)))} for i, w, said in indexed])


def tip(number: int, chance: random.Random) -> dict[str, Any]:
    """One of them."""
    said = [chance.choice(part.split("|")) for part in (THINGS, WHERE, WHEN, MORE, MORE)]
    at = 1_790_000_000.0 + number
    return {
        "id": number,
        "ward_id": 1 if chance.random() < 0.5 else chance.randint(2, WARDS),
        "code": f"TB-{number:012d}",
        "status": chance.choices(STATUSES, SHARES)[0],
        "kind": chance.choice(KINDS),
        "urgency": chance.choices(("urgent", "high", "normal"), (5, 25, 70))[0],
        "text": " ".join(said),
        "source": "private",
        "card_row": number,
        "created_at": at,
        "touched_at": at,
        "confirmed_at": at,
    }


CONTENT = Content.load()
KINDS = [kind.ma for kind in CONTENT.categories]
OFFICER = Person("telegram", "1", "Dũng")
Question = Callable[[Work, int], object]


def questions() -> dict[str, Question]:
    """What officers ask."""

    def page(work: Work, number: int) -> object:
        wish = queue.wish_for(work, CONTENT.rules, 1, list(Shelf)[number % len(Shelf)], OFFICER)
        first = queue.first_page(work, wish)
        return queue.turn(work, wish, queue.edges(first)[1], back=bool(number % 2)) if first.tips else first

    def kind(work: Work, number: int) -> object:
        shelf = Shelf.OPEN if number % 2 else Shelf.OVER
        wish = queue.wish_for(work, CONTENT.rules, 1, shelf, OFFICER, kind=KINDS[number % len(KINDS)])
        return queue.first_page(work, wish)

    def search(work: Work, number: int) -> object:
        return queue.search(work, 1, SEARCHES[number % len(SEARCHES)])

    return {"page": page, "kind": kind, "search": search}


def timed(database: Database, ask: Question) -> list[float]:
    """Milliseconds, one after another, after a few to warm up."""
    return list(each(database, ask))[10:]


def each(database: Database, ask: Question) -> Iterator[float]:
    """One question after another, each in a transaction of its own."""
    for number in range(ASKED + 10):
        began = time.perf_counter()
        database.write_now(lambda work, number=number: ask(work, number))
        yield 1000 * (time.perf_counter() - began)
