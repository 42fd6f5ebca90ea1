"""What a board or a loudspeaker should not say, and all that it may."""

import re

import pytest

from bot.domain.impersonal import Personal, impersonal, personal_in
from data.content import Content


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bắt Nguyễn Văn Tuấn trộm xe", [Personal.NAME]),
        ("bà Tư bán nước, xe 29A-123.45", [Personal.NAME, Personal.PLATE]),
        ("cháu Minh Anh bị lạc", [Personal.NAME]),
        ("ông TRẦN VĂN BA", [Personal.NAME]),
        ("gọi 0912 345 678", [Personal.PHONE]),
        ("căn cước 001203004005", [Personal.PAPER]),
        ("nộp vào STK 1903 2222 3333 4444", [Personal.ACCOUNT]),
        ("biên bản số 12345678", [Personal.NUMBER]),
        ("anh ấy ở số nhà 12/3", [Personal.HOUSE]),
        ("xem abc.vn, thư an@abc.vn", [Personal.LINK]),
    ],
)
def test_what_leads_to_somebody_is_found(text: str, found: list[Personal]) -> None:
    assert personal_in(text)[: len(found)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Công an phường Trần Phú nhắc bà con tổ 5, đường Lê Duẩn",
        "Trường THCS Lý Thường Kiệt, chợ Đồng Xuân, khu phố Nguyễn Du",
        "Tết Nguyên đán, làm theo lời Bác Hồ, kết bạn Zalo",
        "phạt 5.000.000 đồng, năm học 2025-2026, ngày 26.11.2026, từ 22.00-23.30",
        "gọi 113, nhắn 5656, tổng đài 1900 96 96 80",
    ],
)
def test_places_amounts_dates_and_public_numbers_are_nobodys(text: str) -> None:
    assert personal_in(text) == []
    assert impersonal(text) == text


def test_our_own_content_names_nobody() -> None:
    content = Content.load().everywhere
    texts = [*content.bulletin.fillers]
    for reminder in content.bulletin.reminder.values():
        texts += [reminder.title, *reminder.points]
    for scam in content.scams:
        texts += [scam.ten, scam.dau_hieu, scam.loi_khuyen]
    for guide in content.guides.values():
        texts += [guide.title, *(re.sub("<[^>]+>", "", step) for step in guide.steps)]
    assert [text for text in texts if set(personal_in(text)) - {Personal.LINK}] == []


def test_nothing_personal_is_left() -> None:
    words = impersonal("CCCD 001 203 004 005, thư an@abc.vn, STK 1903 2222 3333 4444, chị Lan xe 29A-123.45, gọi 113")
    assert not any(part in words for part in ("001", "abc", "1903", "Lan", "29A"))
    assert "gọi 113" in words
