"""The cast of the conversations, and the stage: a real app on a real database, talking to the sandbox over HTTP.

| who | rights |
|---|---|
| An, Bình | residents of Tổ 5 |
| Chi | resident of Tổ 7 |
| Dũng | officer: a member of the desk, nothing more |
| Em | chief: set the ward up, owner of the desk |
| Giang | second chief once named; admin of the desk |
| Hoa | owner of both residents' groups |
"""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.app import App
from bot.config import Settings, TelegramSettings, WebSettings
from bot.sandbox import Sandbox

TOKEN = "100:TESTTESTTESTTESTTESTTESTTESTTEST"
SETUP_CODE = "ABCD-EFGH-JKMN"
AWAKE = Path(__file__).with_name("awake")  # content of our own: nothing waits for a morning, whenever tests are run
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def settings_for(sandbox: Sandbox, folder: Path, **telegram: Any) -> Settings:
    """Settings of an app that talks to this sandbox and keeps everything in this folder."""
    limits = {"rate_global": 0, "rate_group_per_minute": 0, "rate_chat": 0} | telegram
    return Settings(
        _env_file=None,
        database_url=f"sqlite+aiosqlite:///{folder}/test.db",
        var_dir=folder,
        content_dir=AWAKE,
        secret_key=KEY,
        setup_code=SETUP_CODE,
        telegram=TelegramSettings(token=TOKEN, api_url=sandbox.url, **limits),
        web=WebSettings(port=0),
    )


def environment(sandbox: Sandbox, folder: Path, **more: str) -> dict[str, str]:
    """The same as environment variables, for a bot in a process of its own."""
    wanted = {
        "BINHYEN_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/test.db",
        "BINHYEN_VAR_DIR": str(folder),
        "BINHYEN_CONTENT_DIR": str(AWAKE),
        "BINHYEN_SECRET_KEY": KEY,
        "BINHYEN_SETUP_CODE": SETUP_CODE,
        "BINHYEN_TELEGRAM__TOKEN": TOKEN,
        "BINHYEN_TELEGRAM__API_URL": sandbox.url,
        "BINHYEN_TELEGRAM__RATE_GLOBAL": "0",
        "BINHYEN_TELEGRAM__RATE_GROUP_PER_MINUTE": "0",
        "BINHYEN_TELEGRAM__RATE_CHAT": "0",
        "BINHYEN_WEB__PORT": "0",
    }
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **wanted, **more}  # without bytecode each of many starts would compile every module anew


class Stage:
    """A ward with two groups and a forum desk, linked through the real commands."""

    def __init__(self, sandbox: Sandbox, app: App | None) -> None:
        self.sandbox = sandbox
        self.app = app
        self.bot = sandbox.add_bot(token=TOKEN, username="binhyen_bot", name="Bình Yên")
        for name in ("An", "Bình", "Chi", "Dũng", "Em", "Giang", "Hoa"):
            setattr(self, fold_name(name), sandbox.add_person(name))
        self.desk = sandbox.add_group("Trực ban", self.em, [self.dung, self.giang], forum=True)
        self.people_the_groups()

    def settings(self, folder: Path) -> Settings:
        """Of an app for this stage that keeps everything in this folder."""
        return settings_for(self.sandbox, folder)

    def people_the_groups(self) -> None:
        """Residents and their groups."""
        sandbox = self.sandbox
        self.group5 = sandbox.add_group("Tổ 5", self.hoa, [self.an, self.binh])
        self.group7 = sandbox.add_group("Tổ 7", self.hoa, [self.chi])

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    async def set_up_ward(self) -> None:
        """`/thietlap` at the desk, `/nhom` twice, and the owner adds the bot by each link."""
        self.desk.promote(self.giang)
        rights = {"can_manage_topics": True, "can_delete_messages": True}
        self.desk.add_bot(self.bot, by=self.em, admin=True, rights=rights)
        self.em.says(f"/thietlap {SETUP_CODE} Phường Hoa Sữa", self.desk)
        await self.sees(self.desk, "Đã thiết lập", timeout=30.0)  # a bot in a process of its own is still starting
        await self.link("Tổ 5", self.group5)
        await self.link("Tổ 7", self.group7)

    async def link(self, name: str, group: Any) -> None:
        """Invite a group and have its owner add the bot by the link."""
        self.em.says(f"/nhom {name}", self.desk)
        offer = await self.sees(self.desk, f"Liên kết cho nhóm {name}")
        code = offer["text"].rpartition("/lienket ")[2].strip()
        group.add_bot(self.bot, by=self.hoa, startgroup=code)
        await self.sees(self.desk, f"Nhóm {name} đã liên kết")
        await self.sees(group, "Chào bà con")

    async def sees(self, chat: Any, words: str, timeout: float = 5.0, after: int = 0) -> dict[str, Any]:
        """The newest message in this chat with these words, once there is one with an id above `after`."""
        return await self.sandbox.wait_for(
            chat, lambda message: words in text_of(message) and message["message_id"] > after, timeout=timeout
        )

    async def sees_nothing(self, chat: Any, words: str, within: float = 0.5) -> None:
        """Nothing with these words appears in this chat."""
        await asyncio.sleep(within)
        found = [text_of(message) for message in chat.messages if words in text_of(message)]
        assert not found, found

    async def rests(self, timeout: float = 5.0) -> None:
        """Everything received was handled, and everything said was sent."""
        assert self.app is not None
        app = self.app

        async def quiet() -> bool:
            rows = await app.database.write(waiting_rows)
            return rows == 0 and not self.bot.queue.waiting

        for _ in range(int(timeout / 0.02)):
            if await quiet():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("still something waiting")


def waiting_rows(work: Any) -> int:
    """Inbox rows due now and outbox rows waiting."""
    from sqlalchemy import func, select

    from data import tables as t

    events = select(func.count()).where(t.inbox.c.state == "waiting", t.inbox.c.due_at <= work.now)
    messages = select(func.count()).where(t.outbox.c.state == "waiting")
    return int(work.run(events).scalar() or 0) + int(work.run(messages).scalar() or 0)


def text_of(message: dict[str, Any]) -> str:
    """What a message says, wherever it says it."""
    return str(message.get("text") or message.get("caption") or "")


def is_picture(message: dict[str, Any]) -> bool:
    """Whether a message shows a picture, on either platform."""
    return "photo" in message or "photo_url" in message


def fold_name(name: str) -> str:
    """`Dũng` as an attribute: dung."""
    from bot.domain.vietnamese import fold

    return fold(name)


Predicate = Callable[[dict[str, Any]], bool]
