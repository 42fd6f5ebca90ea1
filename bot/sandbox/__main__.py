"""python -m bot.sandbox [--port N] [--no-limits]: the demo's world alone, for benchmarks and for a bot of your own.

Prints one JSON line with the address, the token and the ids; ends with SIGINT or SIGTERM.
"""

import argparse
import asyncio
import json
import signal
import sys

from bot.sandbox import Sandbox, build_ward


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-limits", action="store_true")
    chosen = parser.parse_args()
    asyncio.run(serve(chosen.port, limits=not chosen.no_limits))


async def serve(port: int, *, limits: bool) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    sandbox = Sandbox(limits=limits)
    bot, ward = sandbox.add_bot(), build_ward(sandbox)
    await sandbox.start(port=port)
    about = {"url": sandbox.url, "token": bot.token, "desk": ward.desk.id, "groups": [ward.group_5.id, ward.group_7.id]}
    sys.stdout.write(json.dumps(about) + "\n")
    sys.stdout.flush()
    await ended.wait()
    await sandbox.stop()


if __name__ == "__main__":
    main()
