"""What is typeset beside the conversations: one job after another, in a thread; no transaction waits for it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from data.content import FOLDER

log = logging.getLogger(__name__)
LOOK_AGAIN = 2.0  # s
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
    """The pages of a template in `data/content/`; a PDF is one. Fonts come with packages, never from the system."""
    import typst  # only here, both: a third of a second that most starts do not need
    from font_manrope import font_directory

    made = typst.compile(
        (FOLDER / template).read_bytes(),
        format=form,
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[font_directory],
        ignore_system_fonts=True,
        pdf_standards=standard if standard and form == "pdf" else [],
    )
    return [made] if isinstance(made, bytes) else made
