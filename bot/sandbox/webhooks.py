"""Delivery to a bot's webhook: one at a time and in order per lane, repeated with growing delay until it answers 2xx.

Lanes follow telegram-bot-api's queue ids: a chat's messages, a user's callback queries, a chat's member changes.
Not modelled: calls in the answer's body, Retry-After longer than an hour, the removal after 23 h of 410.
"""

import asyncio
import time
from functools import partial

import aiohttp

from bot.sandbox.accounts import BotAccount
from bot.sandbox.faults import Faults
from bot.sandbox.updates import Update

__all__ = ["WebhookPusher"]

LONGEST_DELAY = 60  # times retry_delay (WebhookActor.cpp doubles up to 60-120 s)
ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=60)


class WebhookPusher:
    """One per bot; idle until setWebhook."""

    def __init__(self, bot: BotAccount, faults: Faults) -> None:
        self.bot = bot
        self.faults = faults
        self.session: aiohttp.ClientSession | None = None
        self.busy: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        self.bot.queue.on_new = self.pump
        if self.session is None:
            self.session = aiohttp.ClientSession(timeout=ANSWER_TIMEOUT)
        self.pump()

    def stop(self) -> None:
        self.bot.queue.on_new = None
        for task in self.busy.values():
            task.cancel()

    async def close(self) -> None:
        self.stop()
        await asyncio.gather(*self.busy.values(), return_exceptions=True)
        if self.session is not None:
            await self.session.close()
            self.session = None

    def pump(self) -> None:
        """Start the first waiting update of every free lane, up to max_connections."""
        queue = self.bot.queue
        if not queue.webhook or queue.on_new is None:
            return
        queue.expire()
        for update in queue.waiting:
            if len(self.busy) >= queue.webhook["max_connections"]:
                return
            if update.lane not in self.busy:
                task = asyncio.get_running_loop().create_task(self.deliver(update))
                self.busy[update.lane] = task
                task.add_done_callback(partial(self.freed, update.lane))

    def freed(self, lane: str, task: asyncio.Task[None]) -> None:
        if self.busy.get(lane) is task:
            del self.busy[lane]
        self.pump()

    async def deliver(self, update: Update) -> None:
        """Until it is accepted or expires."""
        delay = self.faults.retry_delay
        longest = delay * LONGEST_DELAY
        while update.expires > self.bot.queue.now():
            asked = await self.push(update)
            if asked is None:
                break
            await asyncio.sleep(max(asked, delay))
            delay = min(delay * 2, longest)
        if update in self.bot.queue.waiting:
            self.bot.queue.waiting.remove(update)

    async def push(self, update: Update) -> float | None:
        """None when it was accepted, else the seconds that Retry-After asks for (0: nothing)."""
        hook = self.bot.queue.webhook
        headers = {"Content-Type": "application/json"}
        if hook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret"]
        if self.session is None:
            return 0.0
        try:
            async with self.session.post(hook["url"], data=update.text.encode(), headers=headers, ssl=False) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return None
                why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                asked = answer.headers.get("Retry-After", "0")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            why, asked = f"Connection failed: {type(error).__name__}", "0"
        hook |= {"last_error_date": int(time.time()), "last_error_message": why}
        return min(3600.0, float(asked)) if asked.isdigit() else 0.0
