"""From outbox rows to what is sent: ids filled in, merged, fitted to the platform's limits."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.delivery.fitting import Fitter
from bot.domain.markup import escape
from bot.links import FETCHED_LASTS, OPENED_LASTS, Links
from bot.messages import Action, Attachment, Outgoing
from bot.platforms.base import Capabilities
from data.engine import Database
from data.outbox import Ready
from data.sent import Target, find_target, message_ids, recompose
from data.topics import Topic, find_topic
from data.unit_of_work import Work
from data.vault import Vault

TOPIC_LASTS = 1.0  # s for which a topic is not looked up again; the worker may hear meanwhile that it was closed
Banner = Callable[[int], str]


class NotYet(Exception):
    """The message that this one is about has not been sent yet."""


class Gone(Exception):
    """The message that this one is about was never sent, and never will be."""


class TopicNeeded(Exception):
    """The topic must be made first."""

    def __init__(self, topic_id: int, name: str) -> None:
        super().__init__(topic_id)
        self.topic_id = topic_id
        self.name = name


@dataclass(frozen=True, slots=True)
class Draft:
    """What goes to the platform: usually one page."""

    topic: str
    pages: tuple[Outgoing, ...] = field(repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class References:
    """What a row's references have become."""

    topic: Topic | None
    reply: tuple[str, ...] = ()
    target: Target | None = None
    message: Outgoing | None = field(default=None, repr=False)


class Drafter:
    """`banner` says at the desk how many more wait; it is shown on merged messages only."""

    def __init__(self, database: Database, fitter: Fitter, vault: Vault, links: Links, banner: Banner) -> None:
        self._database = database
        self._fitter = fitter
        self._vault = vault
        self._links = links
        self._banner = banner
        self._topics: dict[int, tuple[Topic, float]] = {}

    def forget_topic(self, topic_id: int) -> None:
        """This topic is another now."""
        self._topics.pop(topic_id, None)

    def forget_topics(self) -> None:
        """All of them are (their desk moved)."""
        self._topics.clear()

    async def draft(self, rows: Sequence[Ready], backlog: int) -> Draft:
        """Fill in, merge, fit. Raises NotYet, Gone or TopicNeeded."""
        lead = rows[0]
        found = await self._references(lead)
        topic = found.topic
        if topic and topic.forum and not topic.thread and lead.message.action is Action.SEND:
            raise TopicNeeded(topic.id, topic.name)
        message = merged(rows, self._banner(backlog)) if len(rows) > 1 else found.message or lead.message
        message = self._linked(addressed(message, found))
        if topic and not topic.forum and message.action in (Action.SEND, Action.EDIT):
            message = replace(message, html=f"<b>[{escape(topic.name)}]</b>\n{message.html}")
        about_at = found.target.sent_at if found.target else 0.0
        pages = self._fitter.fit(message, private=lead.private, about_at=about_at)
        if not pages:
            raise Gone
        return Draft(topic.thread if topic else "", tuple(pages), await self._files(pages))

    async def _references(self, lead: Ready) -> References:
        known = self._known_topic(lead.topic_id)
        if lead.reply_row is None and lead.target_row is None and (lead.topic_id is None or known):
            return References(known)
        found = await self._database.write(lambda work: look_up(work, lead, self._fitter.can))
        if found.topic:
            self._topics[found.topic.id] = (found.topic, time.monotonic())
        return found

    def _known_topic(self, topic_id: int | None) -> Topic | None:
        topic, since = self._topics.get(topic_id or 0, (None, 0.0))
        return topic if time.monotonic() - since < TOPIC_LASTS else None

    def cost(self, message: Outgoing) -> int:
        """As how many messages the platform may count one."""
        return self._fitter.cost(message)

    def _linked(self, message: Outgoing) -> Outgoing:
        """With links to its files, where the platform fetches them."""
        if not (self._fitter.can.by_link and message.attachments):
            return message
        now = time.time()
        return replace(message, attachments=tuple(self._link(item, now) for item in message.attachments))

    def _link(self, item: Attachment, now: float) -> Attachment:
        if not item.stored:
            return item
        lasts = FETCHED_LASTS if item.kind in self._fitter.can.media else OPENED_LASTS
        return replace(item, url=self._links.link(item.stored, item.mime, now, lasts))

    async def _files(self, pages: Sequence[Outgoing]) -> Mapping[str, bytes]:
        uploads = [] if self._fitter.can.by_link else [page for page in pages if needs_files(page)]
        names = [item.stored for page in uploads for item in page.attachments if item.stored]
        return await self._database.aside(lambda: {name: self._vault.get(name) for name in names}) if names else {}


def look_up(work: Work, lead: Ready, can: Capabilities) -> References:
    """Read a row's references."""
    topic = find_topic(work, lead.topic_id) if lead.topic_id is not None else None
    reply = message_ids(work, lead.reply_row) if lead.reply_row is not None else ()
    if lead.target_row is None:
        return References(topic, reply)
    target = find_target(work, lead.target_row)
    return References(topic, reply, target, reshaped(work, lead, lead.target_row, target, can))


def reshaped(work: Work, lead: Ready, row_id: int, target: Target, can: Capabilities) -> Outgoing:
    """An edit or deletion as it can be done now: one part of a shared message, or too old to be deleted."""
    message = lead.message
    if target.merged and message.action in (Action.EDIT, Action.DELETE):
        whole = recompose(work, row_id, message.html if message.action is Action.EDIT else "")
        if whole is None:
            raise Gone
        if whole.html:
            return whole
    too_old = work.now - target.sent_at > can.delete_within
    if message.action is Action.DELETE and too_old and Action.EDIT in can.actions:
        return replace(message, action=Action.EDIT)
    return message


def addressed(message: Outgoing, found: References) -> Outgoing:
    """A message with the platform's ids in it. Raises NotYet or Gone where what it is about was not sent."""
    if target := found.target:
        if not target.message_ids and message.afresh and target.state == "dropped":
            return replace(message, action=Action.SEND)
        if not target.message_ids:
            raise NotYet if target.state == "waiting" else Gone
        last = len(target.message_ids) - 1
        one = target.message_ids[min(message.part, last)]
        number = ",".join(target.message_ids) if message.action is Action.DELETE else one
        message = replace(message, message_id=number)
    if found.reply:
        message = replace(message, reply_to=found.reply[0])
    return message


def needs_files(message: Outgoing) -> bool:
    """Whether its files go with it; an edit of words leaves them where they are, and they may be erased by now."""
    return message.action is Action.SEND or message.new_files


def merged(rows: Sequence[Ready], banner: str) -> Outgoing:
    """Waiting relays of one group as one message."""
    parts = [row.message.html for row in rows]
    return replace(rows[0].message, html="\n\n".join([*parts, banner] if banner else parts), reply_to="")
