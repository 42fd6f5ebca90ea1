"""When something happened, as people say it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """From `start` to `end`, both included and never in the future; `said` is the original wording."""

    said: str = field(repr=False)
    start: datetime
    end: datetime


def read_moment(text: str, now: datetime) -> Moment | None:
    """When it was, seen from `now` (in the ward's zone), in text that `normalize` has seen."""
    del text, now  # still to come
    return None
