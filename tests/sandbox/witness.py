"""An independent reader of the wire: aiogram's typed models check everything a bot calls and everything it is sent.

Another author wrote those models from the same documentation, so a parameter that does not exist, a field of the wrong
type or an update that no library could read is a violation. `install(sandbox)` in any test, `check()` at its end.
"""

import inspect
import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import aiogram.methods
import telegram
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.sandbox import BotAccount, Sandbox

MODELS = {
    name[0].lower() + name[1:]: model
    for name, model in vars(aiogram.methods).items()
    if inspect.isclass(model) and issubclass(model, aiogram.methods.TelegramMethod)
}
# Parameters that older Bot API versions had and Telegram still takes; and fields it still sends.
OLD_PARAMETERS = {"reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview"}
OLD_FIELDS = {"new_chat_participant", "new_chat_member", "left_chat_participant", "can_manage_voice_chats"}
READERS: dict[str, TypeAdapter[Any]] = {}


class Witness:
    """violations: one sentence each. updates, calls: how many were read."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.updates = 0
        self.calls = 0

    def check(self) -> None:
        assert not self.violations, "\n".join(self.violations[:10])

    # What the sandbox tells it (bot.sandbox.world.Observer)

    def update(self, bot: BotAccount, update: dict[str, Any]) -> None:
        self.updates += 1
        body = json.loads(json.dumps(update))
        kind = next(key for key in body if key != "update_id")
        try:
            self.note_extras(f"update {kind}", Update.model_validate(body), OLD_FIELDS)
        except ValidationError as error:
            self.violations.append(f"aiogram cannot read update {kind}: {error}")
        read = telegram.Update.de_json(body, None)
        if getattr(read, kind, None) is None:
            self.violations.append(f"python-telegram-bot does not see {kind}")

    def call(self, bot: BotAccount, method: str, params: dict[str, Any], files: Iterable[str]) -> None:
        self.calls += 1
        model = MODELS.get(method)
        if model is None:
            self.violations.append(f"no such method: {method}")
            return
        values = {name: decoded(model, name, value) for name, value in params.items()}
        for name in files:
            if name in model.model_fields:
                values[name] = "attach://file"
        try:
            read = model.model_validate(values)
        except ValidationError as error:
            self.violations.append(f"{method}: {error}")
            return
        self.note_extras(method, read, OLD_PARAMETERS)
        self.violations += [
            f"{method}: callback_data of {size} bytes" for size in data_sizes(values) if not 1 <= size <= 64
        ]

    def result(self, bot: BotAccount, method: str, result: Any) -> None:
        if method not in MODELS:
            return
        reader = READERS.setdefault(method, TypeAdapter(MODELS[method].__returning__))
        try:
            read = reader.validate_python(json.loads(json.dumps(result)))
        except ValidationError as error:
            self.violations.append(f"answer of {method}: {error}")
            return
        for item in read if isinstance(read, list) else [read]:
            if isinstance(item, BaseModel):
                self.note_extras(f"answer of {method}", item, OLD_FIELDS)

    def note_extras(self, where: str, model: BaseModel, known: set[str]) -> None:
        """aiogram keeps fields it does not know instead of refusing them."""
        for name in extras(model):
            if name not in known:
                self.violations.append(f"{where}: unknown field {name}")


def install(sandbox: Sandbox) -> Witness:
    witness = Witness()
    sandbox.observers.append(witness)
    return witness


def decoded(model: type[BaseModel], name: str, value: Any) -> Any:
    """A form's string as the JSON it stands for, unless the parameter may be a string."""
    field = model.model_fields.get(name)
    if field is None or not isinstance(value, str) or str in (field.annotation, *get_args(field.annotation)):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def extras(model: Any) -> Iterator[str]:
    if isinstance(model, BaseModel):
        yield from model.model_extra or {}
        for name in model.model_fields_set & set(type(model).model_fields):
            yield from extras(getattr(model, name))
    elif isinstance(model, list):
        for item in model:
            yield from extras(item)


def data_sizes(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        if isinstance(value.get("callback_data"), str):
            yield len(value["callback_data"].encode())
        for inner in value.values():
            yield from data_sizes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from data_sizes(inner)
