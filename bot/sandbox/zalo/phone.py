"""The Zalo phones' JSON API, under /zalo/phone/; what happens comes by the page's own stream as events of kind "zalo".

GET  file/{id}     -> the bytes, expired or not
POST say           {person, chat, text, mention?, reply_to?}                       -> the message
POST photo         multipart: person, chat, file, caption?, mention?, reply_to?    -> the message
POST unsupported   {person, chat, reply_to?}                                       -> the message
`chat` is the key of a chat (ZaloChat.key), `person` an id, `reply_to` a message_id. Errors: 400 {"error": "..."}.
"""

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.control import json_answer
from bot.sandbox.updates import dumps
from bot.sandbox.zalo.chats import ZaloChat
from bot.sandbox.zalo.people import ZaloPerson

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["ZaloPhone"]

Given = dict[str, Any]
TRUE_WORDS = {True, "true"}


class ZaloPhone:
    def __init__(self, zalo: "Zalo") -> None:
        self.zalo = zalo
        self.acts = {"say": self.say, "photo": self.photo, "unsupported": self.unsupported}

    async def handle(self, request: web.BaseRequest, what: str) -> web.Response:
        if request.method == "GET" and what.startswith("file/"):
            return self.zalo.media.show(what.removeprefix("file/"))
        kind = "multipart/form-data" if what == "photo" else "application/json"
        if request.method != "POST" or what not in self.acts or request.content_type != kind:
            return web.Response(status=404, text="not found")
        try:
            given = dict(await request.post()) if what == "photo" else json.loads(await request.read())
            return json_answer(self.acts[what](given))
        except (ValueError, KeyError, TypeError) as error:
            return web.Response(status=400, text=dumps({"error": str(error)}), content_type="application/json")

    def state(self) -> Given:
        """{"people", "bots", "chats"}; a chat: key, title, type, people and bots (ids), messages."""
        return {
            "people": [person.face for person in self.zalo.people.values()],
            "bots": [bot.face for bot in self.zalo.bots.values()],
            "chats": [shown_chat(chat) for chat in self.zalo.chats.values()],
        }

    def say(self, given: Given) -> Given:
        return self.person(given).says(
            str(given["text"]), **self.how(given), mention=given.get("mention") in TRUE_WORDS
        )

    def photo(self, given: Given) -> Given:
        part = given["file"]
        if not isinstance(part, web.FileField):
            raise TypeError("file must be a file")
        content = part.file.read()
        part.file.close()
        caption, mention = str(given.get("caption") or ""), given.get("mention") in TRUE_WORDS
        return self.person(given).sends_photo(content, **self.how(given), caption=caption, mention=mention)

    def unsupported(self, given: Given) -> Given:
        return self.person(given).sends_unsupported(**self.how(given))

    # Whose, where and as an answer to what

    def person(self, given: Given) -> ZaloPerson:
        return self.zalo.people[given["person"]]

    def how(self, given: Given) -> Given:
        chat = self.zalo.chat_by_key(str(given["chat"]))
        answered = given.get("reply_to")
        return {"to": chat, "reply_to": chat.history[int(answered)] if answered else None}


def shown_chat(chat: ZaloChat) -> Given:
    return {
        **chat.face,
        "people": [person.id for person in chat.people],
        "bots": list(chat.bots),
        "messages": chat.messages,
    }
