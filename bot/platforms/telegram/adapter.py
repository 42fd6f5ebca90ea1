"""The Telegram platform: receive by polling or webhook, send, and ask."""

import asyncio
import hmac
import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram.error import Conflict, TelegramError

from bot.config import TelegramSettings
from bot.domain.markup import escape
from bot.errors import DeliveryError, NotStored, Slowed, TryLater, Undeliverable, Why
from bot.messages import Action, Attachment, Incoming, MediaKind, Outgoing, Person
from bot.platforms.base import Capabilities, ChatFacts, Hook, Limits, Quota, Sent, Standing, Store
from bot.platforms.telegram.client import WANTED, Client
from bot.platforms.telegram.convert import Ears, convert
from bot.platforms.telegram.errors import translate, translated
from bot.platforms.telegram.readings import PLATFORM
from bot.platforms.telegram.render import perform
from bot.platforms.telegram.request import AiohttpRequest, PollRequest
from bot.platforms.telegram.wire import Raw, read_json, read_number, read_update, whole
from bot.watching import Watch

log = logging.getLogger(__name__)
CONFLICT_WAIT = 5.0
LONGEST_WAIT = 30.0
STANDINGS = {
    "creator": Standing.OWNER,
    "administrator": Standing.ADMIN,
    "member": Standing.MEMBER,
}
CAPABILITIES = Capabilities(
    text_length=4096,
    caption_length=1024,
    download_bytes=20 * 1024 * 1024,
    media=frozenset(MediaKind),
    formatted=True,
    by_link=False,
    fleeting_files=False,
    albums=True,
    buttons=True,
    quotes=True,
    mention_only=False,
    actions=frozenset(Action),
    delete_within=48 * 3600.0,
    topics=True,
    knows_members=True,
    quizzes=True,
)


class Telegram:
    """`commands` are those it hears in groups, `quoting` those that quote; `secret` proves a webhook call.

    `watch` says which posts of a group are taken down.
    """

    name = PLATFORM
    capabilities = CAPABILITIES
    quota = Quota()

    def __init__(
        self,
        settings: TelegramSettings,
        commands: frozenset[str],
        secret: str,
        quoting: frozenset[str] = frozenset(),
        watch: Watch | None = None,
    ) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # read at each use: `retry_after` without its deprecated form
        logging.getLogger("telegram").setLevel(logging.CRITICAL)  # DEBUG has every word, ERROR a body that is no JSON
        token = settings.token.get_secret_value() if settings.token else ""
        self._settings = settings
        self.limits = Limits(settings.rate_global, settings.rate_group_per_minute, settings.rate_chat)
        self._commands = commands
        self._quoting = quoting
        self._secret = secret
        self._polls = PollRequest(2)
        self._bot = Client(
            token,
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.api_url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=self._polls,
        )
        self._watch = watch or Watch()
        self._ears = Ears(0, "", commands, quoting, self._watch)
        self.hook = Hook("/telegram/webhook", self.accept) if settings.webhook_url else None

    @property
    def mention(self) -> str:
        """How people address the bot in a group."""
        return f"@{self._ears.username}"

    # --- life

    async def open(self) -> None:
        """Prove the token and learn the bot's own name. Raises TryLater when Telegram cannot be reached."""
        await translated(self._bot.initialize())
        self._ears = Ears(self._bot.id, self._bot.username, self._commands, self._quoting, self._watch)

    async def close(self) -> None:
        """Give back connections."""
        await self._bot.shutdown()

    # --- receiving

    async def receive(self, store: Store) -> None:
        """Poll for ever; with a webhook, register it once and let `accept` be called."""
        if self._settings.webhook_url:
            await self._register()
            await asyncio.Event().wait()
        await insist(self._bot.delete_webhook)
        await self._poll(store)

    async def _poll(self, store: Store) -> None:
        offset, wait = 0, 0.5
        while True:
            try:
                updates = await self._bot.raw_updates(offset, self._polls)
                await store(self._convert(updates))
                offset, wait = after(updates, offset), 0.5
            except Conflict:
                log.warning("another process polls with this token; trying again in %g s", CONFLICT_WAIT)
                await asyncio.sleep(CONFLICT_WAIT)
            except (TelegramError, NotStored, OSError) as error:
                log.warning("polling failed (%s); again in %.1f s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    def _convert(self, updates: Sequence[Raw]) -> list[Incoming]:
        events: list[Incoming] = []
        for raw in updates:
            try:
                events += convert(read_update(raw), self._ears)
            except Exception as error:  # noqa: BLE001 - whatever a hostile update raises, its neighbours go on
                log.warning("update %s could not be read (%s)", number_of(raw), type(error).__name__)
        return events

    async def accept(self, headers: Mapping[str, str], body: bytes, store: Store) -> int:
        """One webhook call: the HTTP status to answer, 200 only after the event is stored."""
        given = headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return 401
        try:
            raw = whole(body)
            is_object = isinstance(read_json(raw), dict)
        except ValueError:
            return 400
        if not is_object:
            return 400
        try:
            await store(self._convert([raw]))
        except NotStored:
            return 503
        return 200

    async def _register(self) -> None:
        url = self._settings.webhook_url or ""
        await insist(lambda: self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=WANTED))
        log.info("webhook registered")

    # --- sending

    async def send(self, chat: str, topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
        """Do one thing in one chat. Raises DeliveryError."""
        return await translated(perform(self._bot, chat, topic, message, files))

    async def acknowledge(self, callback_id: str, notice: str) -> None:
        """Tell a button's presser that it was heard. Best effort: "query is too old" is as good as done."""
        try:
            await self._bot.answer_callback_query(callback_id, notice[:200] or None, show_alert=len(notice) > 60)
        except TelegramError as error:
            log.info("a button's answer was not taken (%s)", type(error).__name__)

    async def create_topic(self, chat: str, name: str) -> str:
        """Open a topic in a forum; its id."""
        made = await translated(self._bot.create_forum_topic(chat, name[:128]))
        return str(made.message_thread_id)

    # --- asking

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of an attached file."""
        if attachment.size > CAPABILITIES.download_bytes:
            raise Undeliverable(Why.TOO_BIG)
        file = await translated(self._bot.get_file(attachment.file_id))
        return bytes(await translated(file.download_as_bytearray()))

    async def standing(self, chat: str, person: str) -> Standing:
        """What this person is in this chat now."""
        try:
            member = await self._bot.get_chat_member(chat, int(person))
        except TelegramError as error:
            trouble = translate(error)
            if isinstance(trouble, Undeliverable):
                return Standing.OUTSIDE
            raise trouble from error
        if member.status == "restricted":
            return Standing.MEMBER if getattr(member, "is_member", False) else Standing.OUTSIDE
        return STANDINGS.get(member.status, Standing.OUTSIDE)

    async def chat_facts(self, chat: str) -> ChatFacts:
        """What Telegram says of this chat now."""
        full = await translated(self._bot.get_chat(chat))
        count = await translated(self._bot.get_chat_member_count(chat))
        me = await translated(self._bot.get_chat_member(chat, self._bot.id))
        return ChatFacts(
            full.title or "",
            count,
            bool(full.is_forum),
            can_pin=bool(getattr(me, "can_pin_messages", False)),
            can_delete=bool(getattr(me, "can_delete_messages", False)),
            can_manage_topics=bool(getattr(me, "can_manage_topics", False)),
        )

    def private_link(self, payload: str) -> str:
        """Opens the private chat and starts the bot with this payload."""
        return f"https://t.me/{self._ears.username}?start={payload}"

    def calling(self, person: Person) -> str:
        """A mention by number: whoever is in the chat hears of it, with a user name or without."""
        name = escape(person.name)
        return f'<a href="tg://user?id={person.id}">{name}</a>' if person.id.isdecimal() else name

    def group_link(self, code: str) -> str:
        """Lets an admin choose the group to add the bot to."""
        return f"https://t.me/{self._ears.username}?startgroup={code}"


async def insist(call: Callable[[], Awaitable[object]]) -> None:
    """Call until Telegram says yes; without it there is nothing to receive."""
    wait = 1.0
    while True:
        try:
            await translated(call())
            return
        except DeliveryError as error:
            pause = error.after if isinstance(error, Slowed | TryLater) else wait
            log.warning("receiving cannot begin (%s); again in %.1f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            wait = min(wait * 2, LONGEST_WAIT)


def after(updates: Sequence[Raw], offset: int) -> int:
    """The offset that confirms these updates."""
    return max((number_of(raw) + 1 for raw in updates), default=offset)


def number_of(raw: Raw) -> int:
    """An update's number; -1 for what is no update."""
    try:
        return read_number(raw).update_id
    except ValueError:
        return -1
