"""`python -m bot`."""

import gc
import sys

gc.disable()  # importing only makes what stays: looking through it again and again is a fifth of the start

from bot.cli import main

gc.freeze()
gc.enable()

sys.exit(main(sys.argv[1:]))
