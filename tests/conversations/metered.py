"""A ward with a desk and two groups on Telegram and one group on Zalo, whose plan is small."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import App
from bot.config import Settings, ZaloBotSettings
from bot.messages import Chat, ChatKind, Outgoing, Person, Priority
from bot.sandbox import Sandbox, Zalo
from bot.services.wards import invite_group, link_group
from data.places import Here, Spot, Ward, ward_at
from data.unit_of_work import Place, Work
from tests.cast import Stage, settings_for, text_of
from tests.conversations.broadcasting import asked

ZALO_TOKEN = "900:ZALOTEST"


class MeteredStage(Stage):
    """`lan` lives on Zalo and owns `tổ 9` there. `shift` puts the bot's clock forward, in seconds."""

    def __init__(self, sandbox: Sandbox, settings: Settings) -> None:
        self.zalo = Zalo(sandbox)
        self.zalo.variations.poll_memory = 60.0
        self.zalo_bot = self.zalo.add_bot(ZALO_TOKEN)
        self.lan = self.zalo.add_person("Lan")
        self.group9 = self.zalo.add_group("Tổ 9", self.lan)
        self.group9.add_bot(self.zalo_bot)
        self.zalo_bot.contacts[self.group9.id] = self.group9  # it has spoken to the bot, so it may be written to
        zalo = settings.zalo_bot.model_copy(update={"api_url": self.zalo.url})
        self.settings = settings.model_copy(update={"zalo_bot": zalo})
        self.shift = 0.0
        super().__init__(sandbox, None)

    async def opens(self) -> None:
        """Start a bot, or another after the last."""
        self.app = App(self.settings)
        self.app.database.clock = lambda: time.time() + self.shift
        await self.app.start()

    async def restarts(self, **quota: int) -> None:
        """Another process goes on; perhaps with another quota in its settings."""
        assert self.app is not None
        await self.app.stop()
        zalo = self.settings.zalo_bot.model_copy(update=quota)
        self.settings = self.settings.model_copy(update={"zalo_bot": zalo})
        await self.opens()

    async def writes(self, act: Any) -> Any:
        """One transaction of the bot's own."""
        assert self.app is not None
        return await self.app.database.write(act)

    async def links_zalo(self, name: str = "Tổ 9", chat: str = "") -> None:
        """Link a Zalo group as its own command would."""
        here, by = Here(Spot.STRANGER), Person("zalo_bot", self.lan.id, "Lan")

        def act(work: Work) -> None:
            code = invite_group(work, self.ward(work), by, name)
            link_group(work, here, Chat("zalo_bot", chat or self.group9.id, ChatKind.GROUP), by, code)

        await self.writes(act)

    def ward(self, work: Work) -> Ward:
        found = ward_at(work, f"telegram:{self.desk.id}")
        assert found
        return found

    async def speaks(self, times: int, priority: Priority = Priority.ANSWER, words: str = "Trả lời bà con") -> None:
        """The bot says something in the Zalo group so many times, and is done with it."""

        def act(work: Work) -> None:
            place = Place("zalo_bot", self.group9.id, self.ward(work).id)
            for number in range(times):
                work.post(Outgoing(html=f"{words} {number}"), place, priority)

        await self.writes(act)
        await self.rests()

    async def broadcasts(self, text: str) -> str:
        """Dũng drafts, Em approves: how the card ends."""
        self.em.presses(await asked(self, self.dung, text), "Duyệt")
        seen = max((m["message_id"] for m in self.desk.messages if "Đã gửi" in text_of(m)), default=0)
        return text_of(await self.sees(self.desk, "✅ Đã gửi", timeout=12, after=seen))

    async def asks(self, by: Any = None) -> str:
        """What `/hanmuc` answers."""
        said = (by or self.dung).says("/hanmuc", self.desk)
        return text_of(await self.sees(self.desk, "", after=said["message_id"]))

    async def hears(self, chat: Any, words: str) -> str:
        """The bot's newest message with these words in a Zalo chat."""
        return text_of(
            await self.sandbox.wait_for(chat, lambda m: m["from"]["is_bot"] and words in text_of(m), timeout=8)
        )


@asynccontextmanager
async def metered(sandbox: Sandbox, folder: Path, **quota: int) -> AsyncIterator[MeteredStage]:
    """The stage set up, its Zalo group linked; `quota` as in the settings, 0 where not said."""
    limits = {"quota_messages": 0, "quota_users": 0, "quota_groups": 0} | quota
    rates = {"rate_global": 0, "rate_group_per_minute": 0, "rate_chat": 0}
    zalo = ZaloBotSettings(token=ZALO_TOKEN, **rates, **limits)
    stage = MeteredStage(sandbox, settings_for(sandbox, folder).model_copy(update={"zalo_bot": zalo}))
    await stage.opens()
    await stage.set_up_ward()
    await stage.links_zalo()
    await stage.rests()
    yield stage
    assert stage.app is not None
    await stage.app.stop()
