"""The Zalo bot: receive by webhook or, for trying out, by polling; send; fetch what was sent."""

import asyncio
import hmac
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from bot.config import ZaloBotSettings
from bot.domain.markup import escape
from bot.errors import DeliveryError, NotStored, Slowed, TryLater, Undeliverable, Why
from bot.messages import Action, Attachment, Incoming, MediaKind, Outgoing, Person
from bot.platforms.base import Capabilities, ChatFacts, Hook, Limits, Quota, Sent, Standing, Store
from bot.platforms.zalo_bot.client import Client
from bot.platforms.zalo_bot.convert import PLATFORM, Ears, convert, first_text
from bot.platforms.zalo_bot.media import Fetcher
from bot.platforms.zalo_bot.render import LONGEST, call_for

log = logging.getLogger(__name__)
HOOK = "/zalo-bot/webhook"
SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
LONGEST_REGISTER_WAIT = 600.0  # setWebhook is said to be limited by the day
AT_ONCE = 0.5
PATIENT_TRIES = 3  # of setWebhook before an address that Zalo already has is good enough


class ZaloBot:
    """`public_url` is where the world reaches this bot; `plain` are the commands that people type without a `/`."""

    name = PLATFORM

    def __init__(
        self, settings: ZaloBotSettings, public_url: str, commands: frozenset[str], plain: frozenset[str]
    ) -> None:
        token = settings.token.get_secret_value() if settings.token else ""
        self._secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self._url = public_url.rstrip("/") + HOOK
        self._ears = Ears(settings.name.lstrip("@ "), commands, plain)
        self._client = Client(token, settings.api_url)
        self._fetcher = Fetcher(settings.api_url, settings.media_bytes)
        self.capabilities = capabilities(settings.media_bytes)
        self.limits = Limits(settings.rate_global, settings.rate_group_per_minute, settings.rate_chat)
        self.quota = Quota(settings.quota_messages, settings.quota_users, settings.quota_groups)
        self.hook = Hook(HOOK, self.accept) if self._secret else None

    @property
    def mention(self) -> str:
        """How people address the bot in a group."""
        return f"@{self._ears.name or 'Bot'}"

    # --- life

    async def open(self) -> None:
        """Prove the token and learn the bot's own name. Raises DeliveryError when that cannot be."""
        self._client.open()
        told = await self._client.call("getMe")
        me: Mapping[str, Any] = told if isinstance(told, dict) else {}
        name = self._ears.name or first_text(me, "display_name")
        if not name:
            log.warning(
                "Zalo does not say the bot's name, and @name stays in what groups say: set BINHYEN_ZALO_BOT__NAME"
            )
        self._ears = replace(self._ears, name=name)

    async def close(self) -> None:
        """Give back connections."""
        await self._client.close()

    # --- receiving

    async def receive(self, store: Store) -> None:
        """With a webhook, register it once and let `accept` be called; else poll for ever."""
        if self._secret:
            await self._register()
            await asyncio.Event().wait()
        await self._unregister()
        log.warning(
            "polling Zalo: what is sent while this bot is off is lost; BINHYEN_ZALO_BOT__WEBHOOK_SECRET mends it"
        )
        await self._poll(store)

    async def _register(self) -> None:
        """Insist; but when it keeps failing while Zalo has our address already, calls will come all the same."""
        wait = Backoff(LONGEST_REGISTER_WAIT)
        for attempt in count(1):
            try:
                told = await self._client.call("setWebhook", url=self._url, secret_token=self._secret)
            except DeliveryError as error:
                if attempt >= PATIENT_TRIES and await self._registered():
                    log.warning("setWebhook fails (%s), but Zalo has our address: going on", type(error).__name__)
                    return
                await wait.after("the webhook cannot be registered", error)
            else:
                log.info("webhook registered")
                if not verified(told):
                    log.warning(
                        "Zalo's test call did not get through to BINHYEN_WEB__PUBLIC_URL%s (docs/zalo.md)", HOOK
                    )
                return

    async def _registered(self) -> bool:
        try:
            told = await self._client.call("getWebhookInfo")
        except DeliveryError:
            return False
        return isinstance(told, dict) and told.get("url") == self._url

    async def _unregister(self) -> None:
        wait = Backoff()
        while True:
            try:
                await self._client.call("deleteWebhook")
                return
            except Undeliverable:  # there is none
                return
            except DeliveryError as error:
                await wait.after("receiving cannot begin", error)

    async def _poll(self, store: Store) -> None:
        """Each event is stored before the next is asked for: asking is all the acknowledgement there is."""
        wait = Backoff()
        while True:
            asked = time.monotonic()
            try:
                raw = await self._client.update()
            except DeliveryError as error:
                await wait.after("polling failed", error)
                continue
            wait = Backoff()
            await self._keep(convert(raw, self._ears), store)
            if raw is None and time.monotonic() - asked < AT_ONCE:  # a poll that does not wait is not to be a storm
                await asyncio.sleep(AT_ONCE)

    async def _keep(self, events: list[Incoming], store: Store) -> None:
        """Store what Zalo has handed over and will not hand over again, however long that takes."""
        wait = Backoff()
        while True:
            try:
                await store(events)
                return
            except (NotStored, OSError) as error:
                await wait.after("an event waits to be stored", error)

    async def accept(self, headers: Mapping[str, str], body: bytes, store: Store) -> int:
        """One webhook call: the HTTP status to answer, 200 only after the event is stored. An empty one is a probe."""
        if not body:
            return 200
        given = headers.get(SECRET_HEADER, "")
        if not self._secret or not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            return 401
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(raw, dict):
            return 400
        try:
            await store(convert(raw, self._ears))
        except NotStored:
            return 503
        return 200

    # --- sending

    async def send(self, chat: str, topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
        """Send a text, or a picture by its link. Raises DeliveryError."""
        method, wish = call_for(chat, message)
        number = await self._client.send(method, **wish)
        return Sent((number,) if number else ())

    async def acknowledge(self, callback_id: str, notice: str) -> None:
        """There are no buttons to acknowledge."""

    async def create_topic(self, chat: str, name: str) -> str:
        """There are no topics. Raises Undeliverable."""
        raise Undeliverable(Why.NO_RIGHTS)

    # --- asking

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of an attached file. Raises Undeliverable or TryLater."""
        return await self._fetcher.fetch(attachment.file_id, attachment.kind)

    async def standing(self, chat: str, person: str) -> Standing:
        """Zalo tells a bot nothing of members."""
        return Standing.UNKNOWN

    async def chat_facts(self, chat: str) -> ChatFacts:
        """Zalo tells a bot nothing of chats."""
        return ChatFacts()

    def private_link(self, payload: str) -> str:
        """There is none."""
        return ""

    def calling(self, person: Person) -> str:
        """A bot cannot mention anybody there: the name alone."""
        return escape(person.name)

    def group_link(self, code: str) -> str:
        """There is none."""
        return ""


class Backoff:
    """Longer and longer pauses, each said aloud."""

    def __init__(self, longest: float | None = None) -> None:
        self._wait = FIRST_WAIT
        self._longest = longest or LONGEST_WAIT

    async def after(self, what: str, error: Exception) -> None:
        """Wait after this error, at least as long as it asks for."""
        asked = error.after if isinstance(error, Slowed | TryLater) else 0.0
        pause = max(asked, self._wait)
        self._wait = min(self._wait * 2, self._longest)
        log.warning("%s (%s); again in %.1f s", what, type(error).__name__, pause)
        await asyncio.sleep(pause)


def capabilities(download_bytes: int) -> Capabilities:
    """What Zalo's bot can do: little, so the core degrades."""
    return Capabilities(
        text_length=LONGEST,
        caption_length=LONGEST,
        download_bytes=download_bytes,
        media=frozenset({MediaKind.PHOTO}),
        formatted=False,
        by_link=True,
        fleeting_files=True,
        albums=False,
        buttons=False,
        quotes=False,
        mention_only=True,
        actions=frozenset({Action.SEND}),
        delete_within=0.0,
        topics=False,
        knows_members=False,
        quizzes=False,
    )


def verified(told: object) -> bool:
    """Whether setWebhook's own test call went well, as far as its answer says."""
    check = told.get("verification") if isinstance(told, dict) else None
    return not isinstance(check, dict) or bool(check.get("ok", True))
