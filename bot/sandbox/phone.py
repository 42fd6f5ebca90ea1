"""The phones' JSON API: everything the web page shows and does.

GET  /phone/state           -> {"people", "bots", "chats", "now"}; a chat: members, topics, pinned, reactions, messages
GET  /phone/events          -> Server-Sent Events, each `data: {"kind", "chat", "body"}`; kinds: message, edited,
                               deleted, reaction, chat (read the state), keyboard, action, answer (toast or alert)
GET  /phone/file/{file_id}  -> the bytes
POST /phone/say     {person, chat, text, reply_to?, topic?, anonymous?}             -> the message
POST /phone/upload  multipart: person, chat, kind, file, caption?, reply_to?, topic?, anonymous? -> the message
POST /phone/album   the same with several files       -> the messages
POST /phone/contact {person, chat, phone, name, topic?}                             -> the message
POST /phone/place   {person, chat, latitude, longitude, topic?}                     -> the message
POST /phone/press   {person, chat, message_id, row, column}                         -> {"query", "url"}
POST /phone/vote    {person, chat, message_id, choice}                              -> {}
POST /phone/edit    {person, chat, message_id, text}    POST /phone/delete {person, chat, message_id}
POST /phone/start   {person, bot, payload?}             POST /phone/block  {person, bot, blocked}
POST /phone/open    {person, url, chat?}                POST /phone/add    {person, bot, chat, admin?}
`chat` is the key of a chat (Chat.key), `person` and `bot` are ids. Errors: 400 {"error": "..."}.
"""

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import Chat
from bot.sandbox.contents import media_content
from bot.sandbox.control import json_answer
from bot.sandbox.errors import ApiError
from bot.sandbox.groups import Group
from bot.sandbox.people import How, Person
from bot.sandbox.updates import dumps

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["Phone"]

Given = dict[str, Any]
EVENTS_KEPT = 10_000
SHOWN_INLINE = {"photo", "video", "animation", "voice", "video_note", "audio", "sticker"}
TRUE_WORDS = {True, "true", "1"}


class Phone:
    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.streams: set[asyncio.Queue[str | None]] = set()
        self.acts: dict[str, Callable[[Given], Any]] = {
            "say": self.say,
            "place": self.place,
            "contact": self.contact,
            "press": self.press,
            "vote": self.vote,
            "edit": self.edit,
            "delete": self.delete,
            "start": self.start,
            "block": self.block,
            "open": self.open_link,
            "add": self.add,
        }

    async def handle(self, request: web.BaseRequest, what: str) -> web.StreamResponse:
        if request.method == "GET":
            return await self.show(request, what)
        try:
            if what == "upload":
                return json_answer(self.upload(dict(await request.post())))
            if what == "album":
                form = await request.post()
                return json_answer(self.album(dict(form), form.getall("file")))
            if request.content_type != "application/json" or what not in self.acts:
                return web.Response(status=404, text="not found")
            return json_answer(self.acts[what](json.loads(await request.read())))
        except (ApiError, ValueError, KeyError, AssertionError, TypeError) as error:
            return web.Response(status=400, text=dumps({"error": str(error)}), content_type="application/json")

    async def show(self, request: web.BaseRequest, what: str) -> web.StreamResponse:
        if what == "state":
            return json_answer(self.state())
        if what == "events":
            return await self.stream(request)
        if what.startswith("file/"):
            return self.file(what.removeprefix("file/"))
        return web.Response(status=404, text="not found")

    # What phones show

    def state(self) -> Given:
        world = self.sandbox
        return {
            "people": [
                person.face | {"started": sorted(person.started), "blocked": sorted(person.blocked)}
                for person in world.people.values()
            ],
            "bots": [bot.face | {"commands": bot.commands} for bot in world.bots.values()],
            "chats": [shown_chat(chat) for chat in (*world.groups.values(), *world.private.values())],
            "now": int(world.now()),
            **{name: guest.state() for name, guest in world.guests.items()},
        }

    def file(self, file_id: str) -> web.Response:
        stored = self.sandbox.files.by_id.get(file_id)
        if stored is None:
            return web.Response(status=404, text="not found")
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
        if stored.kind not in SHOWN_INLINE:
            headers["Content-Disposition"] = "attachment"
        kind = stored.mime if stored.kind in SHOWN_INLINE else "application/octet-stream"
        return web.Response(body=stored.content, content_type=kind, headers=headers)

    async def stream(self, request: web.BaseRequest) -> web.StreamResponse:
        """Events until the phone hangs up; a comment every 15 s finds out whether it has."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        events: asyncio.Queue[str | None] = asyncio.Queue(EVENTS_KEPT)
        self.listen(events)
        try:
            await response.write(b": hello\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), 15)
                except TimeoutError:
                    event = ""
                if event is None:
                    break
                await response.write(f"data: {event}\n\n".encode() if event else b": still here\n\n")
        except ConnectionError:
            pass  # the phone hung up
        finally:
            self.streams.discard(events)
            if not self.streams and self.notify in self.sandbox.phones:
                self.sandbox.phones.remove(self.notify)
        return response

    def listen(self, events: "asyncio.Queue[str | None]") -> None:
        self.streams.add(events)
        if self.notify not in self.sandbox.phones:
            self.sandbox.phones.append(self.notify)

    def notify(self, event: Given) -> None:
        text = dumps(event)
        for events in list(self.streams):
            if events.full():  # a phone that reads nothing is hung up on; it will read the state again
                self.streams.discard(events)
                events.get_nowait()
                events.put_nowait(None)
            else:
                events.put_nowait(text)

    def end_streams(self) -> None:
        for events in self.streams:
            if not events.full():
                events.put_nowait(None)

    # What phones do

    def person(self, given: Given) -> Person:
        person: Person = self.sandbox.people[int(given["person"])]
        return person

    def chat(self, given: Given) -> Chat:
        return self.sandbox.chat_by_key(given["chat"])

    def group(self, given: Given) -> Group:
        group = self.chat(given)
        if not isinstance(group, Group):
            raise TypeError("not a group")
        return group

    def bot(self, given: Given) -> BotAccount:
        bot = self.sandbox.bot_by_id(int(given["bot"]))
        if bot is None:
            raise KeyError("no such bot")
        return bot

    def how(self, given: Given) -> How:
        how: How = {"to": only_bot(self.chat(given))}
        if given.get("reply_to"):
            how["reply_to"] = int(given["reply_to"])
        if given.get("topic"):
            how["topic"] = int(given["topic"])
        if given.get("anonymous") is not None:
            how["anonymous"] = given["anonymous"] in TRUE_WORDS
        return how

    def place_of(self, given: Given) -> Chat | None:
        """None for a private chat, as people say it."""
        chat = self.chat(given)
        return None if chat.type == "private" else chat

    def say(self, given: Given) -> Given:
        return self.person(given).says(str(given["text"]), self.place_of(given), **self.how(given))

    def upload(self, given: Given) -> Given:
        part = given["file"]
        if not isinstance(part, web.FileField):
            raise TypeError("file must be a file")
        data = part.file.read()
        part.file.close()
        stored = self.sandbox.files.add(str(given.get("kind", "document")), data, part.filename, part.content_type)
        content = media_content(stored, str(given.get("caption") or ""))
        return self.person(given).post(self.place_of(given), content, **self.how(given))

    def album(self, given: Given, parts: list[Any]) -> list[Given]:
        kind = str(given.get("kind", "photo"))
        items = [(kind, part.file.read()) for part in parts if isinstance(part, web.FileField)]
        caption = str(given.get("caption") or "")
        return self.person(given).sends_album(items, self.place_of(given), caption=caption, **self.how(given))

    def contact(self, given: Given) -> Given:
        phone, name = str(given["phone"]), str(given["name"])
        return self.person(given).sends_contact(phone, name, self.place_of(given), **self.how(given))

    def place(self, given: Given) -> Given:
        latitude, longitude = float(given["latitude"]), float(given["longitude"])
        return self.person(given).sends_location(latitude, longitude, self.place_of(given), **self.how(given))

    def press(self, given: Given) -> Given:
        chat = self.chat(given)
        message = chat.history[int(given["message_id"])]
        button = message["reply_markup"]["inline_keyboard"][int(given["row"])][int(given["column"])]
        press = self.person(given).press(chat, message, button)
        return {"query": press.id, "url": press.url}

    def vote(self, given: Given) -> Given:
        message = self.chat(given).history[int(given["message_id"])]
        self.person(given).votes(message, int(given["choice"]))
        return {}

    def edit(self, given: Given) -> Given:
        chat, person = self.chat(given), self.person(given)
        message = own_message(chat, person, given)
        return person.edits(message, str(given["text"]), to=only_bot(chat))

    def delete(self, given: Given) -> Given:
        chat, person = self.chat(given), self.person(given)
        person.deletes(own_message(chat, person, given), to=only_bot(chat))
        return {}

    def start(self, given: Given) -> Given:
        return self.person(given).starts(self.bot(given), given.get("payload") or None)

    def block(self, given: Given) -> Given:
        self.person(given).set_blocked(self.bot(given), given["blocked"] in TRUE_WORDS)
        return {}

    def open_link(self, given: Given) -> Given:
        group = self.group(given) if given.get("chat") else None
        return self.person(given).opens(str(given["url"]), group)

    def add(self, given: Given) -> Given:
        return self.group(given).add_bot(self.bot(given), by=self.person(given), admin=given.get("admin") in TRUE_WORDS)


def only_bot(chat: Chat) -> BotAccount | None:
    return next(iter(chat.bots.values())) if chat.type == "private" else None


def own_message(chat: Chat, person: Person, given: Given) -> Given:
    message = chat.history[int(given["message_id"])]
    if message["from"]["id"] != person.id:
        raise ValueError("not this person's message")
    return message


def shown_chat(chat: Chat) -> Given:
    return chat.face | {
        "key": chat.key,
        "members": [
            {"id": m.user["id"], "name": m.user["first_name"], "is_bot": m.user["is_bot"], "status": m.status,
             "anonymous": m.anonymous}
            for m in chat.members.values()
        ],
        "topics": [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()],
        "pinned": chat.pinned,
        "reactions": chat.reactions,
        "keyboard": chat.keyboard,
        "migrated_to": chat.migrated_to,
        "messages": chat.messages,
    }  # fmt: skip
