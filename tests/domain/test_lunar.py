"""Lunar days fall where Vietnamese calendars print them, also where the Chinese calendar differs."""

from datetime import date

import pytest

from bot.domain.lunar import lunar_date

TET = {
    1985: (1, 21), 2007: (2, 17), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10),
    2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2), 2031: (1, 23),
    2033: (1, 31), 2034: (2, 19),
}  # fmt: skip


@pytest.mark.parametrize("year", TET)
def test_tet(year):
    assert lunar_date(1, 1, year) == date(year, *TET[year])


@pytest.mark.parametrize(
    ("day", "month", "year", "solar"),
    [
        (15, 8, 2024, date(2024, 9, 17)),  # trung thu
        (15, 8, 2025, date(2025, 10, 6)),  # after a leap sixth month
        (10, 3, 2024, date(2024, 4, 18)),  # giỗ tổ Hùng Vương
        (15, 7, 2023, date(2023, 8, 30)),  # after a leap second month
        (23, 12, 2025, date(2026, 2, 10)),  # ông Táo
    ],
)
def test_known_days(day, month, year, solar):
    assert lunar_date(day, month, year) == solar
