"""The sandbox's process: `python -m tests.bench.world '{"scenario": "relay", ...}'` measures once and prints JSON."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from tests.bench import casting, crowding, flow, shelving, storming, telling

SCENARIOS: dict[str, Callable[..., Coroutine[None, None, dict[str, Any]]]] = {
    "relay": flow.relay,
    "latency": flow.latency,
    "startup": flow.startup,
    "broadcast": casting.broadcast,
    "alert": casting.alert,
    "desk": crowding.desk,
    "minute": crowding.minute,
    "shelve": shelving.shelve,
    "storm": storming.storm,
    "tell": telling.tell,
}


def main() -> None:
    """One measurement, with the load of the machine before it."""
    wish: dict[str, Any] = json.loads(sys.argv[1])
    load = os.getloadavg()[0]
    scenario = SCENARIOS[wish.pop("scenario")]
    found = asyncio.run(scenario(**wish))
    sys.stdout.write(json.dumps({**found, "load": round(load, 2)}) + "\n")


if __name__ == "__main__":
    main()
