"""`python -m bot`."""

import gc
import sys

gc.disable()  # importing only makes what stays: looking through it again and again is a fifth of the start

from bot.cli import main  # noqa: E402 - after the line above, which is for it

gc.freeze()
gc.enable()

sys.exit(main(sys.argv[1:]))
