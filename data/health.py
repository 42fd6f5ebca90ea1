"""Numbers about the queues, for /metrics and /healthz. Read only."""

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from data import tables as t


async def count_rows(connection: AsyncConnection) -> list[tuple[str, str, int]]:
    """(queue, state, rows) for inbox and outbox."""
    counts: list[tuple[str, str, int]] = []
    for table in (t.inbox, t.outbox):
        query = select(literal(table.name), table.c.state, func.count()).group_by(table.c.state)
        counts += [(row[0], row[1], row[2]) for row in await connection.execute(query)]
    return counts
