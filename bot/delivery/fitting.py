"""What a message becomes where a platform cannot show it as it is. Pure rules: `Outgoing` in, `Outgoing`s out.

Buttons become numbered choices, a long text is cut and its parts are numbered, an edit becomes a new message that says
which one it is about, files that cannot be sent become links or words. What is left without anything to say is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from bot.domain.markup import escape, length, spelled, split
from bot.messages import Action, Attachment, Button, MediaKind, Outgoing
from bot.platforms.base import Capabilities
from bot.texts import Html, Texts

UNCAPTIONED = frozenset({MediaKind.STICKER, MediaKind.VIDEO_NOTE, MediaKind.LOCATION, MediaKind.CONTACT})
THINGS = frozenset({MediaKind.LOCATION, MediaKind.CONTACT})  # no file belongs to them
NUMBERING = 10  # units: room for "(12/34) " before each part of a long text
MAP = "https://www.google.com/maps?q={latitude:.6f},{longitude:.6f}"


@dataclass(frozen=True, slots=True)
class Fitter:
    """The rules for one platform. `mention` is how a group calls the bot; times are shown in `zone`."""

    platform: str
    can: Capabilities
    texts: Texts
    mention: str
    zone: tzinfo

    def fit(self, message: Outgoing, *, private: bool, about_at: float = 0.0) -> list[Outgoing]:
        """The messages to send; `about_at` is when the message that this one edits or deletes was sent (UTC)."""
        if message.action is Action.SEND:
            return list(self._sent(message, private))
        if message.action in self.can.actions:
            return [replace(message, html=self._first(message))] if message.action is Action.EDIT else [message]
        if message.optional or not message.html:
            return []
        return list(self._sent(self._anew(message, about_at), private))

    def cost(self, message: Outgoing) -> int:
        """As many messages as the platform may count: each file of an album (unverified), each part of a text."""
        if message.action in self.can.actions and message.action is not Action.SEND:
            return 1
        return sum(max(1, len(page.attachments)) for page in self.fit(message, private=True)) or 1

    # --- what cannot be done to an older message is said in a new one

    def _anew(self, message: Outgoing, about_at: float) -> Outgoing:
        time = f"{datetime.fromtimestamp(about_at, UTC).astimezone(self.zone):%H:%M}"
        key = "plain.withdrawn" if message.action is Action.DELETE else "plain.edited"
        html = self._say(message, key, time=time, text=Html(message.html))
        files = message.attachments if message.new_files else ()
        return Outgoing(html=html, buttons=message.buttons, attachments=files, language=message.language)

    # --- a message in parts

    def _sent(self, message: Outgoing, private: bool) -> Iterator[Outgoing]:
        if message.quiz and self.can.quizzes:
            yield message
            return
        message = self._worded(self._spelled(self._asked(message)))
        message = self._numbered(message, private)
        files = message.attachments
        together = self.can.albums or len(files) < 2
        first = replace(message, attachments=files if together else files[:1])
        yield from self._cut(first)
        for item in () if together else files[1:]:
            yield Outgoing(attachments=(item,), language=message.language)

    def _cut(self, message: Outgoing) -> Iterator[Outgoing]:
        if not (message.html or message.attachments):
            return
        if self._fits(message):
            yield message
            return
        if message.attachments:
            yield replace(message, html="", buttons=())
        parts = numbered(message.html, self.can.text_length)
        pages = [replace(message, html=part, attachments=(), buttons=()) for part in parts]
        yield from [*pages[:-1], replace(pages[-1], buttons=message.buttons)]

    def _fits(self, message: Outgoing) -> bool:
        limit = self.can.caption_length if message.attachments else self.can.text_length
        return 2 * len(message.html) <= limit or length(message.html) <= limit  # no letter is over two units

    def _first(self, message: Outgoing) -> str:
        limit = self.can.caption_length if message.attachments else self.can.text_length
        return split(message.html, limit)[0] if message.html else ""

    def _spelled(self, message: Outgoing) -> Outgoing:
        return message if self.can.formatted else replace(message, html=spelled(message.html))

    # --- a quiz in words

    def _asked(self, message: Outgoing) -> Outgoing:
        if message.quiz is None:
            return message
        quiz = message.quiz
        lines = [f"{number}. {escape(choice)}" for number, choice in enumerate(quiz.choices, 1)]
        right = self._say(message, "plain.quiz", answer=quiz.choices[quiz.answer], why=quiz.why)
        html = "\n".join([f"❓ <b>{escape(quiz.ask)}</b>", *lines, right])
        return replace(message, html="\n".join(filter(None, [message.html, html])), quiz=None)

    # --- buttons as numbered choices

    def _numbered(self, message: Outgoing, private: bool) -> Outgoing:
        if self.can.buttons or not message.buttons:
            return message
        every = [button for row in message.buttons for button in row]
        choices = [button.label for button in every if button.data and not button.typed]
        lines = [f"{number}. {escape(label)}" for number, label in enumerate(choices, 1)]
        lines += [f"{escape(button.label)}: {escape(button.url)}" for button in every if button.url]
        lines += [self._typed(message, button) for button in every if button.typed]
        if choices:
            key = "plain.choose" if private else "plain.choose_group"
            lines.append(self._say(message, key, mention=self.mention))
        return replace(message, html="\n".join(filter(None, [message.html, *lines])), buttons=())

    def _typed(self, message: Outgoing, button: Button) -> str:
        key = "plain.typed"
        return self._say(message, key, label=button.label, mention=self.mention, typed=button.typed)

    # --- what cannot be sent as itself, in words

    def _worded(self, message: Outgoing) -> Outgoing:
        sendable = tuple(item for item in message.attachments if self._sends(item))
        if len(sendable) == len(message.attachments):
            return message
        lines = [self._in_words(message, item) for item in message.attachments if item not in sendable]
        return replace(message, html="\n".join(filter(None, [message.html, *lines])), attachments=sendable)

    def _sends(self, item: Attachment) -> bool:
        if item.kind not in self.can.media:
            return False
        if self.can.by_link:
            return bool(item.url)
        return item.kind in THINGS or bool(item.stored) or item.origin in ("", self.platform)

    def _in_words(self, message: Outgoing, item: Attachment) -> str:
        name = item.name or self._say(message, f"plain.kind.{item.kind.value}")
        match item.kind:
            case MediaKind.LOCATION:
                link = MAP.format(latitude=item.latitude or 0.0, longitude=item.longitude or 0.0)
                return self._say(message, "plain.place", link=link)
            case MediaKind.CONTACT:
                return self._say(message, "plain.contact", name=item.name, phone=item.phone)
            case MediaKind.STICKER:
                return self._say(message, "plain.sticker")
        key = "plain.file" if item.url else "plain.no_file"
        return self._say(message, key, name=name, link=item.url)

    def _say(self, message: Outgoing, key: str, **values: object) -> str:
        return self.texts.say(message.language, key, **values)


def numbered(html: str, limit: int) -> list[str]:
    """A text that is too long in parts of at most `limit` units, each with its number before it."""
    parts = split(html, limit - NUMBERING)
    return [f"({number}/{len(parts)}) {part}" for number, part in enumerate(parts, 1)]
