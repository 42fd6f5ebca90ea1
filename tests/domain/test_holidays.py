"""The days of the law, lunar ones too."""

from datetime import date

import pytest

from bot.domain.holidays import holiday_on
from data.content import Content

HOLIDAYS = Content.load().everywhere.holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 2, 16), "Tết Nguyên đán"),  # the last day of the old year
        (date(2026, 2, 17), "Tết Nguyên đán"),
        (date(2026, 2, 20), "Tết Nguyên đán"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 30), "Ngày Giải phóng miền Nam"),
        (date(2026, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2026, 9, 1), "Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2027, 2, 6), "Tết Nguyên đán"),
    ],
)
def test_a_holiday_has_its_name(day: date, name: str) -> None:
    assert holiday_on(HOLIDAYS, day) == name


@pytest.mark.parametrize("day", [date(2026, 2, 15), date(2026, 2, 21), date(2026, 5, 2), date(2026, 9, 3)])
def test_the_day_beside_it_is_none(day: date) -> None:
    assert holiday_on(HOLIDAYS, day) is None


@pytest.mark.parametrize("year", range(2026, 2040))
def test_every_year_has_its_eleven_days(year: int) -> None:
    days = [
        date.fromordinal(number) for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    ]
    found = [day for day in days if holiday_on(HOLIDAYS, day)]
    assert 11 <= len(found) <= 12  # one more where Giỗ Tổ is another holiday's neighbour: never fewer than by law
