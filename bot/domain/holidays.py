"""Which days are public holidays: fixed ones, and those of the lunar calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.lunar import lunar_date


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday that comes every year: so many days from its day on, and so many before it."""

    name: str
    day: int
    month: int
    lunar: bool = False
    before: int = 0
    days: int = 1

    def holds(self, day: date) -> bool:
        """Whether this is one of its days."""
        return any(self._begins(year) <= day < self._ends(year) for year in (day.year, day.year + 1))

    def _of(self, year: int) -> date:
        return lunar_date(self.day, self.month, year) if self.lunar else date(year, self.month, self.day)

    def _begins(self, year: int) -> date:
        return self._of(year) - timedelta(days=self.before)

    def _ends(self, year: int) -> date:
        return self._of(year) + timedelta(days=self.days)


def holiday_on(holidays: Sequence[Holiday], day: date) -> str | None:
    """The name of the holiday on this day."""
    return next((holiday.name for holiday in holidays if holiday.holds(day)), None)
