"""How well the scam check tells labelled messages apart: in process, nothing runs."""

import time
from typing import Any

from tests.domain.scam_set import HELD, Judge

TOGETHER = "held back"


async def tell(bot: str, part: str = "held") -> dict[str, Any]:
    """Precision and recall of a part of the labelled messages, or of all held back; the milliseconds that one takes."""
    judge = Judge()
    judge.answer("https://a.top")  # reads the public suffixes
    began = time.perf_counter()
    found = judge.measure(*(HELD if part == TOGETHER else (part,)))
    took = (time.perf_counter() - began) / found["messages"]
    return {"bot": bot, "part": part, "ms": round(took * 1000, 2), **found}
