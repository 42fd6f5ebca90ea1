"""How well the scam check tells labelled messages apart: in process, nothing runs."""

import time
from typing import Any

from tests.domain.scam_set import Judge


async def tell(bot: str, part: str = "held") -> dict[str, Any]:
    """Precision and recall of one part of the labelled messages, and the milliseconds that one of them takes."""
    judge = Judge()
    judge.answer("https://a.top")  # reads the public suffixes
    began = time.perf_counter()
    found = judge.measure(part)
    took = (time.perf_counter() - began) / found["messages"]
    return {"bot": bot, "part": part, "ms": round(took * 1000, 2), **found}
