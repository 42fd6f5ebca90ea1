"""From `Outgoing` to calls of the Zalo Bot API. Text goes plain: whatever a person wrote is then taken as it is."""

from bot.domain.markup import plain, spelled, units
from bot.errors import Undeliverable, Why
from bot.messages import Action, Attachment, MediaKind, Outgoing

LONGEST = 2000  # UTF-16 units, of a text as of a caption
GROUP_ID = "zgr-"  # how the one group id began that was ever published
Call = tuple[str, dict[str, str]]


def call_for(chat: str, message: Outgoing) -> Call:
    """The method and what goes with it. Raises Undeliverable(BAD_CONTENT) for what Zalo has no method for.

    Buttons and what is answered are left out: the core has put them into words before it gets here.
    """
    text = plain(spelled(message.html)).strip()
    if message.action is not Action.SEND or len(message.attachments) > 1 or units(text) > LONGEST:
        raise Undeliverable(Why.BAD_CONTENT)
    if message.attachments:
        return _file(chat, message.attachments[0], text)
    if not text:
        raise Undeliverable(Why.BAD_CONTENT)
    return "sendMessage", {"chat_id": chat, "text": text}


def _file(chat: str, item: Attachment, caption: str) -> Call:
    if item.kind is MediaKind.PHOTO and item.url:
        captioned = {"caption": caption} if caption else {}
        return "sendPhoto", {"chat_id": chat, "photo": item.url} | captioned
    if item.kind is MediaKind.VOICE and not caption and hears_voice(chat) and item.url.endswith(".aac"):
        return "sendVoice", {"chat_id": chat, "voice_url": item.url}
    raise Undeliverable(Why.BAD_CONTENT)


def hears_voice(chat: str) -> bool:
    """Whether this is a private chat, as far as its id tells: in a group Zalo says "ok" and delivers nothing."""
    return not chat.startswith(GROUP_ID)
