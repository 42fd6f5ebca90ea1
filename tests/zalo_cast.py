"""The same cast with its residents on Zalo: the desk stays on Telegram, and one conversation test drives either."""

from pathlib import Path
from typing import Any

from bot.app import App
from bot.config import Settings, WebSettings, ZaloBotSettings
from bot.sandbox import Sandbox, Zalo
from tests.cast import Stage, fold_name, settings_for, text_of
from tests.processes import free_port

ZALO_TOKEN = "900:ZALOTEST"
ZALO_NAME = "Bot Bình Yên"


class Neighbour:
    """Somebody on Zalo who speaks as the Telegram cast does: in a group they call the bot, since else it is deaf."""

    def __init__(self, person: Any) -> None:
        self.person = person

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # asked by copying, before there is a person
        return getattr(self.person, name)

    def says(self, text: str, to: Any = None, **how: Any) -> dict[str, Any]:
        return self.person.says(text.removeprefix("@binhyen_bot "), to, mention=True, **how)

    def sends_photo(self, content: bytes, to: Any = None, *, caption: str = "") -> dict[str, Any]:
        return self.person.sends_photo(content, to, caption=caption.removeprefix("@binhyen_bot "), mention=True)


class ZaloStage(Stage):
    """A ward whose two groups are on Zalo."""

    def __init__(self, sandbox: Sandbox, app: App | None) -> None:
        self.zalo = Zalo(sandbox)
        self.zalo.variations.poll_memory = 60.0  # what is said between two polls waits: these tests are not about that
        self.zalo_bot = self.zalo.add_bot(ZALO_TOKEN, ZALO_NAME)
        super().__init__(sandbox, app)

    def settings(self, folder: Path) -> Settings:
        """Of an app on both platforms."""
        return zalo_settings(self.sandbox, folder, self.zalo.url)

    def people_the_groups(self) -> None:
        """Everybody but the desk lives on Zalo."""
        for name in ("An", "Bình", "Chi", "Hoa"):
            setattr(self, fold_name(name), Neighbour(self.zalo.add_person(name)))
        self.group5 = self.zalo.add_group("Tổ 5", self.hoa.person, [self.an.person, self.binh.person])
        self.group7 = self.zalo.add_group("Tổ 7", self.hoa.person, [self.chi.person])

    async def link(self, name: str, group: Any) -> None:
        """Invite a group; its leader types the code there."""
        self.em.says(f"/nhom {name}", self.desk)
        offer = await self.sees(self.desk, f"Liên kết cho nhóm {name}")
        group.add_bot(self.zalo_bot)
        self.hoa.says(f"lienket {text_of(offer).rpartition('/lienket ')[2].strip()}", group)
        await self.sees(self.desk, f"Nhóm {name} đã liên kết")
        await self.sees(group, "Chào bà con")


def zalo_settings(sandbox: Sandbox, folder: Path, zalo_url: str, **zalo: Any) -> Settings:
    """Settings of an app on both platforms, without limits."""
    rates = {"rate_global": 0, "rate_group_per_minute": 0, "rate_chat": 0}
    section = ZaloBotSettings(token=ZALO_TOKEN, api_url=zalo_url, name=ZALO_NAME, **(rates | zalo))
    port = free_port()
    web = WebSettings(port=port, public_url=f"http://127.0.0.1:{port}")
    return settings_for(sandbox, folder).model_copy(update={"zalo_bot": section, "web": web})
