"""Full-text search without diacritics: the one module that is SQLite's own (FTS5). Another engine gets another one.

Each row of the index is a tip: its ward and its folded words. Only what a desk may find is in it.
"""

from collections.abc import Sequence

from sqlalchemy import text

from bot.domain.vietnamese import fold, words
from data.unit_of_work import Work

MOST_WORDS = 12
SHORTEST_STEM = 2  # letters; a single one would begin every word

# A beginning that is not indexed as such is gathered from all words that have it: 2 ms among 100,000 tips.
CREATE = "CREATE VIRTUAL TABLE tip_words USING fts5(ward, words, prefix='2 3 4 5', tokenize='unicode61')"
PUT = text("INSERT INTO tip_words (rowid, ward, words) VALUES (:tip, :ward, :words)")
DROP = text("DELETE FROM tip_words WHERE rowid = :tip")
FIND = text(
    "SELECT rowid FROM tip_words WHERE tip_words MATCH :wanted AND rowid < :before ORDER BY rowid DESC LIMIT :limit"
)
FIND_NEWER = text(
    "SELECT rowid FROM tip_words WHERE tip_words MATCH :wanted AND rowid > :after ORDER BY rowid LIMIT :limit"
)
OPTIMIZE = text("INSERT INTO tip_words (tip_words) VALUES ('optimize')")


def index_tip(work: Work, tip_id: int, ward_id: int, *said: str) -> None:
    """What is said of a tip can be found from now on; nothing where all of it is empty."""
    work.run(DROP, {"tip": tip_id})
    if folded := " ".join(words(fold(" ".join(said)))):
        work.run(PUT, {"tip": tip_id, "ward": ward_mark(ward_id), "words": folded})


def forget_tip(work: Work, tip_id: int) -> None:
    """It cannot be found any more. Its words are gone from the file after `optimize` and an emptied log."""
    work.run(DROP, {"tip": tip_id})


def find_tips(work: Work, ward_id: int, typed: str, before: int, limit: int) -> Sequence[int]:
    """The numbers, below `before`, of a ward's tips that have all of these words; newest first."""
    wanted = query_for(ward_id, typed)
    if not wanted:
        return []
    rows = work.run(FIND, {"wanted": wanted, "before": before, "limit": limit})
    return [row.rowid for row in rows]


def find_newer(work: Work, ward_id: int, typed: str, after: int, limit: int) -> Sequence[int]:
    """The same above a number, oldest first: the nearest ones."""
    wanted = query_for(ward_id, typed)
    if not wanted:
        return []
    rows = work.run(FIND_NEWER, {"wanted": wanted, "after": after, "limit": limit})
    return [row.rowid for row in rows]


def query_for(ward_id: int, typed: str) -> str:
    """What was typed as FTS5 wants it: every word quoted, the last one perhaps not finished. Empty without a word."""
    asked = words(fold(typed))[:MOST_WORDS]
    if len(asked) > 1 and len(asked[-1]) < SHORTEST_STEM:
        asked.pop()  # only just begun
    if not asked:
        return ""
    stem = "*" if len(asked[-1]) >= SHORTEST_STEM else ""
    said = " AND ".join([f'"{word}"' for word in asked])
    return f'ward:"{ward_mark(ward_id)}" AND words:({said}{stem})'


def ward_mark(ward_id: int) -> str:
    """A ward as a word of the index."""
    return f"w{ward_id}"


def optimize_index(work: Work) -> None:
    """Merge the index, so that deleted words leave it."""
    work.run(OPTIMIZE)
