"""The cast: An owns both groups; Bình is a plain member of both; Chi is in no group and never started the bot.

The bot has privacy mode on. In `group` it is a member, in `desk` (a forum) an admin with every right. Limits are off.
Everything that passes the wire in a test is read by the witness, and a test fails if it could not read something.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.sandbox import BotAccount, Group, Person, Sandbox, Zalo
from tests.sandbox.client import Client
from tests.sandbox.witness import Witness, install
from tests.sandbox.zalo import Neighbourhood, ZaloClient


@dataclass
class Cast:
    sandbox: Sandbox
    witness: Witness
    bot: BotAccount
    api: Client
    an: Person
    binh: Person
    chi: Person
    group: Group
    desk: Group


@pytest.fixture
async def cast() -> AsyncIterator[Cast]:
    sandbox = Sandbox(limits=False)
    witness = install(sandbox)
    bot = sandbox.add_bot()
    an, binh, chi = (sandbox.add_person(name) for name in ("An", "Bình", "Chi"))
    group = sandbox.add_group("Tổ 5", an, [binh])
    desk = sandbox.add_group("Trực ban", an, [binh], forum=True)
    group.add_bot(bot)
    desk.add_bot(bot, admin=True)
    async with sandbox, aiohttp.ClientSession() as session:
        api = Client(session, sandbox.url, bot.token)
        await api.news()
        yield Cast(sandbox, witness, bot, api, an, binh, chi, group, desk)
    witness.check()


@pytest.fixture
async def hood() -> AsyncIterator[Neighbourhood]:
    """A Zalo on a sandbox of its own."""
    sandbox = Sandbox(limits=False)
    zalo = Zalo(sandbox)
    bot = zalo.add_bot()
    lan, binh, chi = (zalo.add_person(name) for name in ("Lan", "Bình", "Chi"))
    group = zalo.add_group("Tổ 9", lan, [binh])
    group.add_bot(bot)
    async with sandbox, aiohttp.ClientSession() as session:
        yield Neighbourhood(zalo, bot, ZaloClient(session, zalo, bot.token), lan, binh, chi, group)
