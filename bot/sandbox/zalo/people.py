"""A person with a phone: says, sends, replies, chooses by number."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloChat, ZaloGroup
from bot.sandbox.zalo.choices import choice_number

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["ZaloPerson"]

Message = dict[str, Any]
Place = ZaloChat | ZaloBot | None


class ZaloPerson:
    """Every act takes `to`: a group, a bot, a chat, or None for the private chat with the only bot.

    mention=True puts "@Bot Name " before the words, as the picker does; it changes nothing in a private chat.
    protected: Zalo withholds the content of what they send (children, the disabled, those who cannot read).
    """

    def __init__(self, zalo: "Zalo", person_id: str, name: str, *, protected: bool = False) -> None:
        self.zalo = zalo
        self.id = person_id
        self.name = name
        self.protected = protected
        self.face: dict[str, Any] = {"id": person_id, "name": name, "is_bot": False}

    def __repr__(self) -> str:
        return f"ZaloPerson({self.id})"

    def says(self, text: str, to: Place = None, *, mention: bool = False, reply_to: Message | None = None) -> Message:
        if not text:
            raise ValueError("nobody can send an empty text")
        chat = self.place(to)
        return self.post(chat, {"kind": "text", "text": addressed(chat, text, mention)}, reply_to)

    def replies(self, message: Message, text: str) -> Message:
        """Answers a message where it stands; what is quoted stays on the phones, the bot is not told."""
        return self.says(text, self.zalo.chat_of(message), reply_to=message)

    def sends_photo(
        self,
        content: bytes,
        to: Place = None,
        *,
        caption: str = "",
        mention: bool = False,
        reply_to: Message | None = None,
    ) -> Message:
        """A JPEG or PNG, as Zalo keeps it."""
        chat = self.place(to)
        words = addressed(chat, caption, mention)
        url = self.zalo.media.add(content, "image/jpeg")
        return self.post(chat, {"kind": "photo", "photo_url": url, "caption": words}, reply_to)

    def sends_voice(self, content: bytes, to: Place = None, *, reply_to: Message | None = None) -> Message:
        """Raw AAC, 16 kHz mono on the real Zalo."""
        url = self.zalo.media.add(content, "audio/aac")
        return self.post(self.place(to), {"kind": "voice", "voice_url": url}, reply_to)

    def sends_sticker(self, sticker: str = "46960", to: Place = None, *, reply_to: Message | None = None) -> Message:
        return self.post(self.place(to), {"kind": "sticker", "sticker": sticker}, reply_to)

    def sends_unsupported(self, to: Place = None, *, reply_to: Message | None = None) -> Message:
        """A document, a video, a link card, a place: whatever it is, the bot hears only that there was something."""
        return self.post(self.place(to), {"kind": "unsupported"}, reply_to)

    def presses(self, message: Message, label: str) -> Message:
        """Types the number of the choice that contains `label`; in a group with the mention."""
        number = choice_number(message.get("text") or message.get("caption") or "", label)
        if number is None:
            raise AssertionError(f"no choice {label!r} in message {message['message_id']}")
        return self.says(number, self.zalo.chat_of(message), mention=True)

    def chat_with(self, bot: ZaloBot | None = None) -> ZaloChat:
        """The private chat with a bot."""
        return self.zalo.private_chat(self, bot or self.zalo.only_bot())

    # How it is done

    def place(self, to: Place) -> ZaloChat:
        return to if isinstance(to, ZaloChat) else self.chat_with(to)

    def post(self, chat: ZaloChat, content: dict[str, Any], reply_to: Message | None) -> Message:
        if isinstance(chat, ZaloGroup) and self not in chat.people:
            raise ValueError(f"{self.name} is not in {chat.title}")
        if self.protected:
            content |= {"withheld": True}
        return self.zalo.post(chat, self.face, content, reply_to)


def addressed(chat: ZaloChat, words: str, mention: bool) -> str:
    return f"{chat.mention()}{words}".rstrip() if mention else words
