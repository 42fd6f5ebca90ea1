"""From `Outgoing` to calls of python-telegram-bot's Bot."""

import html
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import telegram
from telegram import (
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.messages import Action, Attachment, Button, MediaKind, Outgoing
from bot.platforms.base import Sent
from bot.platforms.telegram.client import Client
from bot.platforms.telegram.readings import PLATFORM

HTML = "HTML"
NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
TAG = re.compile(r"<[^>]+>")
ALBUM = {
    MediaKind.PHOTO: InputMediaPhoto,
    MediaKind.VIDEO: InputMediaVideo,
    MediaKind.AUDIO: InputMediaAudio,
    MediaKind.DOCUMENT: InputMediaDocument,
}
REPLACING = {**ALBUM, MediaKind.ANIMATION: InputMediaAnimation}
VOICES = ("", "audio/ogg", "audio/mpeg", "audio/mp4")
UNCAPTIONED = frozenset({MediaKind.STICKER, MediaKind.VIDEO_NOTE, MediaKind.LOCATION, MediaKind.CONTACT})


async def perform(bot: Client, chat: str, topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
    """Do it; text that Telegram cannot parse goes again without its formatting."""
    try:
        return await ACTIONS[message.action](bot, chat, topic, message, files)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        bare = replace(message, html=html.escape(html.unescape(TAG.sub("", message.html)), quote=False))
        return await ACTIONS[message.action](bot, chat, topic, bare, files)


async def _send(bot: Client, chat: str, topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
    wishes = wishes_of(chat, topic, message)
    if message.quiz:
        number, poll = await bot.send_quiz(message.quiz, wishes)
        return Sent((number,), poll)
    if not message.attachments:
        return Sent((await bot.send_text(message.html, wishes),))
    common = typed(wishes)
    if len(message.attachments) > 1:
        return await _album(bot, message, files, common)
    one = await _single(bot, message.attachments[0], message, files, common)
    return Sent((str(one.message_id),))


async def _album(bot: Client, message: Outgoing, files: Mapping[str, bytes], common: dict[str, Any]) -> Sent:
    common.pop("reply_markup", None)  # albums have no buttons
    items = []
    for number, attachment in enumerate(message.attachments):
        caption = message.html if number == 0 and message.html else None
        items.append(ALBUM[attachment.kind](content(attachment, files), caption=caption, parse_mode=HTML))
    sent = await bot.send_media_group(media=items, **common)
    return Sent(tuple(str(item.message_id) for item in sent))


async def _single(
    bot: Client, item: Attachment, message: Outgoing, files: Mapping[str, bytes], common: dict[str, Any]
) -> telegram.Message:
    match item.kind:
        case MediaKind.LOCATION:
            return await bot.send_location(latitude=item.latitude, longitude=item.longitude, **common)
        case MediaKind.CONTACT:
            return await bot.send_contact(phone_number=item.phone, first_name=item.name or item.phone, **common)
        case MediaKind.STICKER:
            return await bot.send_sticker(sticker=content(item, files), **common)
        case MediaKind.VIDEO_NOTE:
            return await bot.send_video_note(video_note=content(item, files), **common)
    kind = item.kind.value if plays(item) else MediaKind.DOCUMENT.value
    send: Callable[..., Awaitable[telegram.Message]] = getattr(bot, f"send_{kind}")
    captioned = {kind: content(item, files), "caption": message.html or None, "parse_mode": HTML}
    return await send(**captioned, **common)


async def _edit(bot: Client, chat: str, _topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
    bare = replace(message, reply_to="", silent=False)
    target = typed(wishes_of(chat, "", bare)) | {"message_id": int(message.message_id)}
    if message.attachments and message.new_files:
        item = message.attachments[0]
        media = REPLACING[item.kind](content(item, files), caption=message.html or None, parse_mode=HTML)
        await bot.edit_message_media(media=media, **target)
        return Sent()
    if message.attachments:
        await bot.edit_message_caption(caption=message.html, parse_mode=HTML, **target)
        return Sent()
    try:
        await bot.edit_message_text(text=message.html, parse_mode=HTML, link_preview_options=NO_PREVIEW, **target)
    except BadRequest as error:
        if "no text in the message" not in error.message:
            raise
        await bot.edit_message_caption(caption=message.html, parse_mode=HTML, **target)
    return Sent()


async def _delete(bot: Client, chat: str, _topic: str, message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    await bot.delete_messages(int(chat), [int(number) for number in message.message_id.split(",")])
    return Sent()


async def _react(bot: Client, chat: str, _topic: str, message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    await bot.set_message_reaction(int(chat), int(message.message_id), message.emoji or None)
    return Sent()


async def _pin(bot: Client, chat: str, _topic: str, message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    await bot.pin_chat_message(int(chat), int(message.message_id), disable_notification=True)
    return Sent()


async def _unpin(bot: Client, chat: str, _topic: str, message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    await bot.unpin_chat_message(int(chat), int(message.message_id))
    return Sent()


async def _leave(bot: Client, chat: str, _topic: str, _message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    await bot.leave_chat(int(chat))
    return Sent()


async def _close_topic(bot: Client, chat: str, topic: str, _message: Outgoing, _files: Mapping[str, bytes]) -> Sent:
    if topic:
        await bot.close_forum_topic(int(chat), int(topic))
    return Sent()


ACTIONS: dict[Action, Callable[[Client, str, str, Outgoing, Mapping[str, bytes]], Awaitable[Sent]]] = {
    Action.SEND: _send,
    Action.EDIT: _edit,
    Action.DELETE: _delete,
    Action.REACT: _react,
    Action.PIN: _pin,
    Action.UNPIN: _unpin,
    Action.LEAVE: _leave,
    Action.CLOSE_TOPIC: _close_topic,
}


def content(item: Attachment, files: Mapping[str, bytes]) -> str | InputFile:
    """A file by Telegram's handle, or its bytes where only our vault has it."""
    if item.stored and not (item.file_id and item.origin == PLATFORM):
        return InputFile(files[item.stored], filename=item.name or "tep", attach=True)
    return item.file_id


def plays(item: Attachment) -> bool:
    """Whether Telegram plays this file as what it is: a voice from elsewhere in another coding goes as a file."""
    return item.kind is not MediaKind.VOICE or item.origin == PLATFORM or item.mime in VOICES


def wishes_of(chat: str, topic: str, message: Outgoing) -> dict[str, Any]:
    """What every kind of message may have, as the JSON of the Bot API."""
    wishes: dict[str, Any] = {"chat_id": int(chat)}
    if topic:
        wishes["message_thread_id"] = int(topic)
    if message.reply_to:
        wishes["reply_parameters"] = {"message_id": int(message.reply_to), "allow_sending_without_reply": True}
    if message.silent:
        wishes["disable_notification"] = True
    if message.protected:
        wishes["protect_content"] = True
    if message.buttons:
        wishes["reply_markup"] = {"inline_keyboard": [[button_json(one) for one in row] for row in message.buttons]}
    return wishes


def typed(wishes: dict[str, Any]) -> dict[str, Any]:
    """The same with python-telegram-bot's types, as its own calls take them."""
    reply, markup = wishes.get("reply_parameters"), wishes.get("reply_markup")
    more = {"reply_parameters": ReplyParameters.de_json(reply, None)} if reply else {}
    return wishes | more | ({"reply_markup": InlineKeyboardMarkup.de_json(markup, None)} if markup else {})


def button_json(button: Button) -> dict[str, str]:
    """A button."""
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}
