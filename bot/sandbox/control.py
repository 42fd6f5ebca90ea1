"""/sandbox/log and /sandbox/faults: how another process reads what was sent and breaks things."""

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.calls import Json
from bot.sandbox.updates import dumps

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["control", "set_faults"]

LIMIT_NAMES = {"per_second", "per_group_minute", "per_chat_second", "time_scale", "penalty", "edits_count", "enabled"}


async def control(sandbox: "Sandbox", request: web.BaseRequest, what: str) -> web.Response:
    since = request.query.get("since", "0")
    if what == "log" and request.method == "GET" and since.isdecimal():
        return json_answer(read_log(sandbox, int(since)))
    if what == "faults" and request.method == "POST":
        try:
            set_faults(sandbox, json.loads(await request.read()))
        except (ValueError, TypeError, AttributeError) as error:
            return web.Response(status=400, text=str(error))
        return json_answer({"ok": True})
    return web.Response(status=404, text="not found")


def json_answer(body: Json) -> web.Response:
    return web.Response(body=dumps(body).encode("utf-8", "surrogatepass"), content_type="application/json")


def read_log(sandbox: "Sandbox", since: int) -> dict[str, Any]:
    """`sent`: [monotonic seconds, chat id, method, HTTP status] from entry number `since` on; ask next with `next`.

    Linux's monotonic clock is one for all processes of a machine.
    """
    start = max(0, since - sandbox.sent_before)
    return {
        "next": sandbox.sent_before + len(sandbox.sent),
        "calls": sandbox.calls,
        "too_many": sandbox.limits.refused,
        "sent": sandbox.sent[start:],
    }


def set_faults(sandbox: "Sandbox", given: dict[str, Any]) -> None:
    """Any of: clear (true), latency_ms, jitter_ms, retry_delay, down (s), close (s), advance (s),
    limits (true, false or an object with the fields of Limits), drop_before and drop_after ({method: count}),
    answer ({method: [status, ...]}).
    """
    faults = sandbox.faults
    if given.get("clear"):
        faults.clear()
    for name in {"latency_ms", "jitter_ms", "retry_delay"} & given.keys():
        setattr(faults, name, float(given[name]))
    acts = {"down": faults.down, "close": sandbox.limits.close, "advance": sandbox.advance}
    for name in acts.keys() & given.keys():
        acts[name](float(given[name]))
    set_calls(sandbox, given)
    if "limits" in given:
        set_limits(sandbox, given["limits"])


def set_calls(sandbox: "Sandbox", given: dict[str, Any]) -> None:
    for method, count in given.get("drop_before", {}).items():
        sandbox.faults.drop_before(method, int(count))
    for method, count in given.get("drop_after", {}).items():
        sandbox.faults.drop_after(method, int(count))
    for method, statuses in given.get("answer", {}).items():
        for status in statuses:
            sandbox.faults.answer(method, int(status))


def set_limits(sandbox: "Sandbox", given: bool | dict[str, Any]) -> None:
    wanted = {"enabled": given} if isinstance(given, bool) else {"enabled": True, **given}
    for name in LIMIT_NAMES & wanted.keys():
        setattr(sandbox.limits, name, wanted[name])
