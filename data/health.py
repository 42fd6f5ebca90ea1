"""Numbers about the queues, for /metrics and /healthz. Read only."""

from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select

from data import tables as t
from data.usage import queries

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


async def count_rows(connection: "AsyncConnection") -> list[tuple[str, str, int]]:
    """(queue, state, rows) for inbox and outbox."""
    counts: list[tuple[str, str, int]] = []
    for table in (t.inbox, t.outbox):
        query = select(literal(table.name), table.c.state, func.count()).group_by(table.c.state)
        counts += [(row[0], row[1], row[2]) for row in await connection.execute(query)]
    return counts


async def count_usage(connection: "AsyncConnection", platform: str, month: str) -> dict[str, int]:
    """How many messages, people and groups of a platform's plan are used."""
    wanted = queries(platform, month).items()
    return {what: (await connection.execute(query)).scalar() or 0 for what, query in wanted}
