"""Whether platforms can show a broadcast in one message, whatever stands under it."""

import pytest

from bot.errors import Refused
from bot.messages import Attachment, Button, MediaKind, Outgoing
from bot.services.contents import check_kinds, check_pages
from tests.delivery.test_fitting import FULL, PHOTO, ZALO

LINK = Button("Xem hướng dẫn", url="https://dichvucong.gov.vn/" + "a" * 100)


def test_a_link_under_it_counts_where_it_stands_in_the_words() -> None:
    message = Outgoing(html="a" * 1900)
    check_pages(ZALO.fit(message, private=False), ZALO.can)
    linked = Outgoing(html="a" * 1900, buttons=((LINK,),))
    check_pages(FULL.fit(linked, private=False), FULL.can)
    with pytest.raises(Refused) as refusal:
        check_pages(ZALO.fit(linked, private=False), ZALO.can)
    assert refusal.value.values["limit"] == ZALO.can.text_length


def test_words_under_a_picture_have_its_room() -> None:
    with pytest.raises(Refused) as refusal:
        check_pages(FULL.fit(Outgoing(html="a" * 1025, attachments=(PHOTO,)), private=False), FULL.can)
    assert refusal.value.values["limit"] == FULL.can.caption_length
    check_pages(FULL.fit(Outgoing(html="a" * 1024, attachments=(PHOTO,)), private=False), FULL.can)


def test_a_file_that_has_no_words_under_it_is_no_broadcast() -> None:
    with pytest.raises(Refused):
        check_kinds(Outgoing(html="a", attachments=(Attachment(MediaKind.STICKER, "x"),)))
