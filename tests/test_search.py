"""What is typed is looked for and never run; the pages of the queue are read off indexes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.deadlines import Limits
from bot.sealing import Seal
from data.engine import Database
from data.migrate import migrate
from data.queue import RANKS, Shelf, Wish, _queries
from data.search import find_newer, find_tips, forget_tip, index_tip, optimize_index
from data.tips import TIP
from data.unit_of_work import Work

LIMITS = Limits(look=dict.fromkeys(RANKS, 1.0), transfer=dict.fromkeys(RANKS, 1.0), decision=1.0, remind_at=0.75)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder: Path = tmp_path_factory.mktemp("search")
    url = f"sqlite+aiosqlite:///{folder}/test.db"
    migrate(url, folder)
    return Database(url, Seal([b"k" * 32]))


@given(st.text(max_size=60))
def test_any_text_can_be_looked_for(database: Database, typed: str) -> None:
    found = database.write_now(lambda work: [*find_tips(work, 1, typed, 2**62, 5), *find_newer(work, 1, typed, 0, 5)])
    assert found == []


@given(st.text(alphabet='ăâđêôơưáàảãạ bcdghklmnpqrstvxy"*-:()^', min_size=2, max_size=40))
def test_what_was_indexed_is_found_by_its_own_words_in_its_own_ward(database: Database, said: str) -> None:
    def look(work: Work) -> tuple[list[int], list[int], list[int]]:
        index_tip(work, 7, 1, "con mèo", said)
        here, there = find_tips(work, 1, f"{said} con mèo", 2**62, 5), find_tips(work, 2, said, 2**62, 5)
        forget_tip(work, 7)
        return list(here), list(there), list(find_tips(work, 1, "con mèo", 2**62, 5))

    here, there, after = database.write_now(look)
    assert (there, after) == ([], [])
    assert here == [7] or len(said.split()) > 9  # more words than are looked for: the stem is another


def test_an_optimized_index_has_no_word_of_what_was_forgotten(database: Database) -> None:
    def forget(work: Work) -> None:
        index_tip(work, 8, 1, "bimatkhongtennao")
        forget_tip(work, 8)
        optimize_index(work)

    database.write_now(forget)

    def blocks(work: Work) -> bytes:
        return b"".join(bytes(row[0]) for row in work.all(text("SELECT block FROM tip_words_data")))

    assert b"bimatkhongtennao" not in database.write_now(blocks)


@pytest.mark.parametrize("shelf", Shelf)
@pytest.mark.parametrize("filters", [{}, {"kind": "trom_cap"}, {"group_id": 3}])
def test_no_page_is_sorted_by_the_database(database: Database, shelf: Shelf, filters: dict[str, object]) -> None:
    wish = Wish(1, LIMITS, 0.0, shelf, handler="h" if shelf is Shelf.MINE else "", **filters)  # type: ignore[arg-type]

    def plans(work: Work) -> list[str]:
        found = []
        for query in _queries(wish, 0):
            whole = query.order_by(TIP.selected_columns.id.desc()).limit(9)
            sql = str(whole.compile(work.connection.engine, compile_kwargs={"literal_binds": True}))
            found += [row.detail for row in work.all(text(f"EXPLAIN QUERY PLAN {sql}"))]
        return found

    details = database.write_now(plans)
    assert details
    assert all("USING INDEX ix_tips_queue" in one for one in details), details
    assert not [one for one in details if "TEMP B-TREE" in one]
