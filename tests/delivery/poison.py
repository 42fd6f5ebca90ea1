"""Updates that no honest Telegram sends, put into the sandbox bot's queue as raw JSON."""

import json
from typing import Any

from bot.sandbox.updates import Update
from tests.cast import Stage

HUGE = 10**30
STRANGE = [
    "/gui \x01\x1b[31m\x7f\x85 thuốc độc",
    "/gui \u202eđảo chiều\u2066\u200f\u200b thuốc độc",
    "/gui \ud83d nửa chữ \udc00 thuốc độc",
]


def inject(stage: Stage, kind: str, body: Any) -> None:
    """One update with an honest number and whatever body."""
    number = next(stage.bot.queue.numbers)
    inject_text(stage, number, json.dumps({"update_id": number, kind: body}))


def inject_text(stage: Stage, number: int, text: str) -> None:
    """One update as it stands."""
    queue = stage.bot.queue
    queue.waiting.append(Update(number, "poison", text, queue.now() + 3600))
    if queue.poller is not None and not queue.poller.done():
        queue.poller.set_result(None)
    if queue.on_new is not None:
        queue.on_new()


def message(stage: Stage, **changed: Any) -> dict[str, Any]:
    """What An says in Tổ 5, with some fields changed; `without` names fields to leave out."""
    without = changed.pop("without", ())
    stage.group5.last_id += 1
    whole: dict[str, Any] = {
        "message_id": stage.group5.last_id,
        "date": 1_795_000_000,
        "chat": stage.group5.face,
        "from": stage.an.face,
        "text": "/gui thuốc độc",
    }
    return {key: value for key, value in (whole | changed).items() if key not in without}


def broken_messages(stage: Stage) -> list[Any]:
    """Messages of every wrong shape."""
    shapes: list[Any] = [None, [], {}, "x", 7, [[]], {"message_id": None}]
    shapes += [message(stage, without=[name]) for name in ("message_id", "date", "chat", "from", "text")]
    for name in ("message_id", "date", "chat", "from", "text", "entities", "reply_to_message", "photo", "document"):
        shapes += [message(stage, **{name: wrong}) for wrong in (None, [], {}, "x", -1, HUGE, [None], [{}], True)]
    for offset, length in ((-5, 3), (0, HUGE), (HUGE, 1), (3, -2), (None, None), ("a", "b"), (10_000, 10_000), (1, 1)):
        for kind in ("bold", "bot_command", "mention", "text_link", "custom_emoji", "nothing_known", None, 5):
            entity = {"type": kind, "offset": offset, "length": length}
            shapes.append(message(stage, entities=[entity], text="/gui 🏮🏮 thuốc độc"))
    shapes += [message(stage, text=text) for text in nasty_texts()]
    shapes += [message(stage, caption=text, without=["text"]) for text in nasty_texts()]
    shapes += [message(stage, media_group_id=wrong) for wrong in (HUGE, [], "x" * 5000)]
    shapes += [message(stage, new_chat_members=wrong) for wrong in (None, [None], [{}], "x", {})]
    shapes += [message(stage, migrate_to_chat_id=wrong) for wrong in ("x", [], {})]
    return shapes


def nasty_texts() -> list[str]:
    """Texts with what breaks parsers, terminals and databases."""
    return [
        *STRANGE,
        "/gui " + "\u0301" * 3000,
        "/gui <b>&lt;&amp;&#x0;&nbsp;</i> thuốc độc",
        "/" + "a" * 4000,
        "/gui\n\n\n",
        "/gui {name} {0} %s %(x)s ${y} thuốc độc",
        "'; DROP TABLE outbox; --",
        "\ufeff/gui \ufffe\uffff",
    ]


HOSTILE = [
    "",
    *(f":{word}" for word in ("", "0", "-1", "x", "1:2:3:4", "9" * 40, "１２", "²", "\x00", "1'--", "\ud800", "None")),
]


def forged_presses(stage: Stage, names: list[str]) -> list[dict[str, Any]]:
    """Every registered button with every hostile argument, and in every place, by who has no business there."""
    places = [
        (stage.chi, {"id": stage.chi.id, "type": "private", "first_name": "Chi"}),
        (stage.chi, stage.group5.face),
        (stage.an, stage.desk.face),
    ]
    return [
        {
            "id": f"forged-{number}",
            "from": person.face,
            "chat_instance": "1",
            "data": name + argument,
            "message": {"message_id": 3, "date": 1_795_000_000, "chat": chat, "from": stage.bot.face, "text": "?"},
        }
        for number, (name, argument) in enumerate((name, argument) for name in names for argument in HOSTILE)
        for person, chat in [places[number % len(places)]]
    ]
