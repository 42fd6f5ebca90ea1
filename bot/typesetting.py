"""What is typeset beside the conversations: one job after another, in a thread; no transaction waits for it."""

import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.brevity import without_pictures
from data.content import FOLDER

log = logging.getLogger(__name__)
LOOK_AGAIN = 2.0  # s
LONGEST = 60.0  # s for one thing to be typeset; a bulletin takes about one
POLICE = re.compile(r"\b([Cc]ông) (an)\b")  # "báo công" on one line and "an" on the next reads badly
UNBROKEN = re.compile(r"\w{12}(?=\w{3})")  # the longest syllable, nghiêng, has seven letters
TYPESETTER = Path(__file__).with_name("typesetter.py")
Form = Literal["pdf", "png"]
Standard = Literal["ua-1"]


async def keep_making(what: str, make_next: Callable[[], Awaitable[bool]]) -> None:
    """Make what was asked for, for ever. `make_next` says whether there was anything; `what` is for the log."""
    while True:
        try:
            if await make_next():
                continue
        except SQLAlchemyError as error:
            log.error("%s wait (%s)", what, type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(LOOK_AGAIN)


def typeset(
    template: str, data: object, form: Form, *, ppi: float = 144.0, standard: Standard | None = None
) -> list[bytes]:
    """The pages of a template in `data/content/`; a PDF is one. Fonts come with packages, never from the system.

    Made by a process of its own: a crash of the typesetter is an error here, and its memory is given back. Raises
    RuntimeError where it cannot be made.
    """
    wish = {
        "template": (FOLDER / template).read_bytes(),
        "data": json.dumps(data, ensure_ascii=False),
        "form": form,
        "ppi": ppi,
        "standard": standard,
    }
    call, said = [sys.executable, "-I", str(TYPESETTER)], msgspec.msgpack.encode(wish)
    try:
        done = subprocess.run(call, input=said, capture_output=True, timeout=LONGEST, check=True)  # noqa: S603 - ours
    except subprocess.SubprocessError as error:
        raise RuntimeError("not typeset") from error
    return msgspec.msgpack.decode(done.stdout, type=list[bytes])


def softened(value: Any) -> Any:  # noqa: ANN401 - any part of a sheet
    """The same with every long word breakable, without pictures, which the type does not have, one word in one line."""
    if isinstance(value, str):
        kept = POLICE.sub("\\1\u00a0\\2", without_pictures(value))
        return UNBROKEN.sub(lambda match: match[0] + "\u200b", kept)
    if isinstance(value, dict):
        return {name: one if name == "link" else softened(one) for name, one in value.items()}
    return [softened(one) for one in value] if isinstance(value, list | tuple) else value
