"""Zalo was seen to do several things in more than one way: the adapter takes either."""

from typing import Any

import pytest

from bot.errors import Slowed, Undeliverable
from bot.messages import Attachment, MediaKind, Outgoing
from bot.sandbox import sample_photo
from tests.platforms.worlds import Keeper, opened, receiving, until

WAYS: list[dict[str, Any]] = [
    {},
    {"wrapped": True, "photo_key": "photo", "message_type": False},
    {"error_status": True, "idle_status": True, "junk_status": True},
    {"probes": True, "redirect_media": "here"},
]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("way", WAYS)
async def test_either_way_is_understood(mode: str, way: dict[str, Any]) -> None:
    async with opened("zalo_bot", mode) as world:
        for name, value in way.items():
            setattr(world.zalo.variations, name, value)
        async with receiving(world, Keeper()) as keeper:
            world.an.says("chào")
            world.an.says("gặp ai", world.chats[world.group], mention=True)
            world.an.sends_photo(sample_photo(), caption="đèn hỏng")
            world.an.sends_sticker()
            world.an.sends_unsupported()
            await until(lambda: len(keeper.kept) == 5)
        said = {event.text: event for event in keeper.kept}
        assert set(said) == {"chào", "gặp ai", "đèn hỏng", ""}
        assert sum(event.unsupported for event in keeper.kept) == 1
        assert await world.platform.fetch(said["đèn hỏng"].attachments[0]) == sample_photo()
        await failing(world)


async def failing(world: Any) -> None:
    with pytest.raises(Undeliverable):
        await world.platform.send(world.unknown, "", Outgoing(html="x"), {})
    world.refuses()
    with pytest.raises(Slowed):
        await world.platform.send(world.chat, "", Outgoing(html="x"), {})


@pytest.mark.parametrize("target", ["http://10.0.0.1/secret", "https://169.254.169.254/latest"])
async def test_a_picture_that_leads_into_a_private_network_is_left_alone(target: str) -> None:
    async with opened("zalo_bot", "polling") as world:
        world.zalo.variations.redirect_media = target
        link = world.zalo.media.add(sample_photo(), "image/jpeg")
        with pytest.raises(Undeliverable):
            await world.platform.fetch(Attachment(MediaKind.PHOTO, link))


async def test_a_picture_whose_link_has_stopped_working_is_gone() -> None:
    async with opened("zalo_bot", "polling") as world:
        world.zalo.variations.media_lasts = -1
        link = world.zalo.media.add(sample_photo(), "image/jpeg")
        with pytest.raises(Undeliverable):
            await world.platform.fetch(Attachment(MediaKind.PHOTO, link))
