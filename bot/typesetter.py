"""Run as a program of its own by `bot.typesetting`: one job from standard input, its pages to standard output.

It imports nothing of the house, so that it starts fast; what the typesetter keeps in memory (135 MB after some
bulletins) goes with it.
"""

import sys
from typing import Literal

import msgspec
import typst
from font_manrope import font_directory


class Wish(msgspec.Struct):
    """A template's text, the data it reads, and what is wanted of it."""

    template: bytes
    data: str
    form: Literal["pdf", "png"]
    ppi: float
    standard: Literal["ua-1"] | None


def main() -> None:
    """One job. Whatever the typesetter raises ends the program, and its exit status says so."""
    wish = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Wish)
    made = typst.compile(
        wish.template,
        format=wish.form,
        ppi=wish.ppi,
        sys_inputs={"data": wish.data},
        font_paths=[font_directory],
        ignore_system_fonts=True,
        pdf_standards=wish.standard if wish.standard and wish.form == "pdf" else [],
    )
    pages = [made] if isinstance(made, bytes) else made
    sys.stdout.buffer.write(msgspec.msgpack.encode(pages))


if __name__ == "__main__":
    main()
