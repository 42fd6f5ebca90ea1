"""`python -m bot demo`: the sandbox and the real bot on it, with a ward set up through the real commands."""

import asyncio
import logging
import secrets
import shutil
import signal
import socket
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App
from bot.config import Settings, TelegramSettings, WebSettings, ZaloBotSettings
from bot.domain.calendar import Every, Rule
from bot.sandbox import Limits, Sandbox, Zalo, build_zalo
from bot.sandbox.accounts import BotAccount
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.seed import Ward, build_ward
from bot.sandbox.zalo.seed import Neighbours
from bot.sealing import new_key
from bot.services.lessons import Lessons, seed_schedule
from bot.services.schedules import seed_scam_schedule
from bot.web.server import show_health, show_metrics
from data.rules import set_rule
from data.unit_of_work import Work

log = logging.getLogger(__name__)
TOKEN = "100:DEMO-demo-DEMO-demo-DEMO-demo-DEMO"  # noqa: S105 - the sandbox takes any
ZALO_TOKEN = "900:DEMO-demo-DEMO-demo"  # noqa: S105 - nor does this one open anything
CODE = "DEMO-DEMO-DEMO"
A_MINUTE = 120  # messages to a group: a visitor plays a ward's whole day in three minutes, where Telegram allows 20
PATIENCE = 20.0
SOON = 90.0


async def run_demo(settings: Settings) -> None:
    """Open the demo until SIGTERM or SIGINT. Everything in it is invented, and forgotten at the end."""
    folder = settings.var_dir / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    sandbox = Sandbox(Limits(per_group_minute=A_MINUTE))
    await sandbox.start(settings.web.host, settings.web.port)
    try:
        await show(settings, folder, sandbox, stopping)
    finally:
        await sandbox.stop()
    shutil.rmtree(folder, ignore_errors=True)


async def show(settings: Settings, folder: Path, sandbox: Sandbox, stopping: asyncio.Event) -> None:
    """Build the ward, then wait."""
    zalo = Zalo(sandbox)
    neighbours = build_zalo(zalo, ZALO_TOKEN)
    app = App(demo_settings(settings, folder, sandbox, zalo))
    ward = build_ward(sandbox)
    bot = sandbox.add_bot(token=TOKEN, username="binhyen_demo_bot", name="Bình Yên")
    await app.start()
    sandbox.http.pages = {
        "/healthz": partial(show_health, app.faults),
        "/metrics": partial(show_metrics, app.metrics),
    }
    try:
        await set_up(sandbox, ward, bot)
        await link_zalo(sandbox, ward, neighbours)
        await app.database.write(stay_awake)
        await app.database.write(lambda work: seed_warning(work, settings.zone))
        await app.database.write(lambda work: seed_lesson(work, settings.zone, app.around.content.everywhere.lessons))
        print(f"Bình Yên, bản thử / the demo: http://{settings.web.host}:{settings.web.port}", flush=True)  # noqa: T201
        await stopping.wait()
    finally:
        await app.stop()


def demo_settings(settings: Settings, folder: Path, sandbox: Sandbox, zalo: Zalo) -> Settings:
    """The same settings, but for tokens, a database and a key that live as long as the demo."""
    port = free_port()
    secret = SecretStr(secrets.token_urlsafe())
    return settings.model_copy(
        update={
            "database_url": f"sqlite+aiosqlite:///{folder}/demo.db",
            "var_dir": folder,
            "secret_key": SecretStr(new_key()),
            "setup_code": SecretStr(CODE),
            "telegram": TelegramSettings(token=SecretStr(TOKEN), api_url=sandbox.url, rate_group_per_minute=A_MINUTE),
            "zalo_bot": ZaloBotSettings(token=SecretStr(ZALO_TOKEN), api_url=zalo.url, webhook_secret=secret),
            "web": WebSettings(port=port, public_url=f"http://127.0.0.1:{port}"),
        }
    )


def free_port() -> int:
    """A port that Zalo's webhook and its fetching of pictures can be told before the web server starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def set_up(sandbox: Sandbox, ward: Ward, bot: BotAccount) -> None:
    """What a chief and two group owners would do, word for word."""
    ward.desk.add_bot(bot, by=ward.chief, admin=True, rights={"can_manage_topics": True, "can_delete_messages": True})
    ward.chief.says(f"/thietlap {CODE} Phường Hoa Sữa (mẫu)", ward.desk)
    await sandbox.wait_for(ward.desk, lambda message: "Đã thiết lập" in message.get("text", ""), timeout=PATIENCE)
    for name, group, owner in (("Tổ 5", ward.group_5, ward.na), ("Tổ 7", ward.group_7, ward.man)):
        await link(sandbox, ward, bot, name, group, owner)
    present = ward.second_chief.says("Tôi trực cùng các anh chị.", ward.desk)
    ward.chief.says("/chihuy", ward.desk, reply_to=present)
    await sandbox.wait_for(ward.desk, lambda m: "nay là chỉ huy" in m.get("text", ""), timeout=PATIENCE)


async def link_zalo(sandbox: Sandbox, ward: Ward, neighbours: Neighbours) -> None:
    """Invite the Zalo group, and have its leader type the code."""
    code = await invite(sandbox, ward, "Tổ 9")
    neighbours.sen.says(f"lienket {code}", neighbours.group_9, mention=True)
    await sandbox.wait_for(neighbours.group_9, lambda m: "Chào bà con" in m.get("text", ""), timeout=PATIENCE)


def stay_awake(work: Work) -> None:
    """The only ward has no quiet hours: a visitor at night waits for no morning."""
    for name in ("quiet_from", "quiet_until"):
        set_rule(work, 1, name, "0")


def seed_warning(work: Work, zone: ZoneInfo) -> None:
    """The weekly scam warning of the only ward, for the first time within a minute or two, so that it is seen."""
    soon = datetime.fromtimestamp(work.now + SOON, zone)
    seed_scam_schedule(work, 1, Rule(Every.WEEK, soon.hour, soon.minute, weekday=soon.weekday()))


def seed_lesson(work: Work, zone: ZoneInfo, content: Lessons) -> None:
    """The weekly lesson, a minute after the warning."""
    soon = datetime.fromtimestamp(work.now + SOON + 60, zone)
    seed_schedule(work, content, 1, Rule(Every.WEEK, soon.hour, soon.minute, weekday=soon.weekday()))


async def link(sandbox: Sandbox, ward: Ward, bot: BotAccount, name: str, group: Group, owner: Person) -> None:
    """Invite one group, and have its owner add the bot by the link."""
    code = await invite(sandbox, ward, name)
    group.add_bot(bot, by=owner, startgroup=code, admin=True, rights={"can_pin_messages": True})
    await sandbox.wait_for(group, lambda m: "Chào bà con" in m.get("text", ""), timeout=PATIENCE)


async def invite(sandbox: Sandbox, ward: Ward, name: str) -> str:
    """The code by which one more group is linked."""
    ward.chief.says(f"/nhom {name}", ward.desk)
    offer = await sandbox.wait_for(ward.desk, lambda m: f"cho nhóm {name}" in m.get("text", ""), timeout=PATIENCE)
    return str(offer["text"].rpartition("/lienket ")[2]).strip()
