"""What was attached to a tip: sealed files in the vault, and one row each."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, literal, select

from bot.messages import MediaKind
from data import tables as t
from data.tips import Tip
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sealed file. `shown` is the copy that staff may see; none where its metadata could not be taken out."""

    id: int
    kind: MediaKind
    file: str
    shown: str | None
    mime: str


EVIDENCE = select(t.evidence.c.id, t.evidence.c.kind, t.evidence.c.file, t.evidence.c.shown, t.evidence.c.mime)


def add_evidence(work: Work, tip: Tip, **values: object) -> int:
    """Note a file; its number."""
    return work.add(insert(t.evidence).values(values | {"tip_id": tip.id, "at": work.now}))


def evidence_of(work: Work, tip: Tip, after: int = 0) -> list[Evidence]:
    """What was attached to a tip, oldest first; only what came after one number."""
    table = t.evidence
    left = (table.c.file != "") | table.c.shown.is_not(None)  # of what was erased only the hash is there
    query = EVIDENCE.where(table.c.tip_id == tip.id, table.c.id > after, left).order_by(table.c.id)
    return [Evidence(row.id, MediaKind(row.kind), row.file, row.shown, row.mime) for row in work.all(query)]


def move_evidence(work: Work, draft: Tip, tip: Tip) -> None:
    """What was attached to a draft belongs to a tip now, as its newest."""
    table = t.evidence
    same = [column for column in table.c if column.name not in ("id", "tip_id")]
    rows = select(literal(tip.id), *same).where(table.c.tip_id == draft.id).order_by(table.c.id)
    work.run(insert(table).from_select(["tip_id", *(column.name for column in same)], rows))
    work.run(delete(table).where(table.c.tip_id == draft.id))
