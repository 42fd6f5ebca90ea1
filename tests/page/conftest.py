"""One Chromium for all of these tests, and the demo's ward behind it: sandbox, real app, everything in one loop."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, async_playwright
from pydantic import SecretStr

from bot import demo
from bot.app import App
from bot.sandbox import Sandbox, Ward, build_ward
from tests.cast import settings_for

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
]
DESKTOP = (1440, 900)
NARROW = (390, 844)
OPEN = """([name, chat, topic]) => {
  const app = window.binhyen;
  const person = app.everyone().find((one) => one.first_name.includes(name));
  const phone = app.phoneOf(person);
  phone.open(chat === "bot" ? app.world.privateKey(person) : String(chat), topic);
}"""


@dataclass
class Town:
    """The demo's world and what it says at `url`."""

    sandbox: Sandbox
    ward: Ward
    url: str
    token: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this machine; nothing is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        no_browser("no chromium on the PATH")
    async with async_playwright() as driver:
        try:
            running = await driver.chromium.launch(executable_path=path, args=FLAGS)
        except Error as error:
            no_browser(f"chromium does not start: {error.message.splitlines()[0]}")
        yield running
        await running.close()


def no_browser(why: str) -> NoReturn:
    """A missing browser is a gap on somebody's machine, and a fault in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The ward of `python -m bot demo`, set up by the same steps."""
    async with Sandbox(limits=False) as sandbox:
        settings = settings_for(sandbox, tmp_path_factory.mktemp("page"))
        app = App(settings.model_copy(update={"setup_code": SecretStr(demo.CODE)}))
        ward = build_ward(sandbox)
        bot = sandbox.add_bot(settings.telegram.token.get_secret_value(), username="binhyen_demo_bot")
        await app.start()
        await demo.set_up(sandbox, ward, bot)
        yield Town(sandbox, ward, sandbox.url, bot.token)
        await app.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, town: Town) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """Opens the page; when the test ends, nothing may have failed, been logged, or reach beyond the window."""
    visits: list[Page] = []
    faults: list[str] = []

    async def open_page(size: tuple[int, int] = DESKTOP, *, tour: bool = False) -> Page:
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        page = await context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda asked: faults.append(f"{asked.url}: {asked.failure}"))
        page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        if not tour:
            await page.add_init_script("localStorage.setItem('binhyen-tour', JSON.stringify({step: 0, open: false}))")
        await page.goto(town.url)
        await page.wait_for_selector(".line.live")
        await page.wait_for_selector(".phone")
        visits.append(page)
        return page

    yield open_page
    for page in visits:
        wide = await page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], "the page scrolls sideways"
        assert await page.evaluate(SPILLS) == [], "something is wider than its box"
        await page.context.close()
    assert [fault for fault in faults if "/phone/events" not in fault] == []


# Boxes that scroll or clip on purpose: the topics' tabs, and lines that end in an ellipsis.
SPILLS = """[...document.querySelectorAll(".log, .chats, .bubble, .compose, .bar, .tour")]
  .filter((box) => box.offsetParent && box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.className + ": " + box.textContent.slice(0, 60))"""


def phone(page: Page, name: str) -> Any:
    """Somebody's phone."""
    return page.locator(f"section.phone[aria-label*='{name}']")


async def opens(page: Page, name: str, chat: object = "bot", topic: int = 0) -> Any:
    """Somebody's phone with this chat open: a group's id, or the private chat with the bot."""
    await page.evaluate(OPEN, [name, str(chat), topic])
    return phone(page, name)


async def writes(held: Any, words: str) -> None:
    """Type and press Enter."""
    await held.locator(".input").fill(words)
    await held.locator(".input").press("Enter")
