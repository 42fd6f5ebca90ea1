"""A bare Bot API client, so that tests of the sandbox lean on no library's idea of it."""

import io
from typing import Any

import aiohttp
from aiohttp import FormData


class RefusedError(Exception):
    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["description"])
        self.status = status
        self.code = body["error_code"]
        self.parameters = body.get("parameters", {})


class Client:
    """`await client("sendMessage", chat_id=1, text="x")` gives `result`, or raises RefusedError."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.url = url
        self.token = token
        self.offset = 0

    async def __call__(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> Any:
        body: dict[str, Any] = {"json": params}
        if files:
            form = FormData()
            for name, value in params.items():
                form.add_field(name, str(value))
            for name, content in files.items():
                form.add_field(name, io.BytesIO(content), filename=f"{name}.jpg")
            body = {"data": form}
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", **body) as answer:
            given = await answer.json()
            if not given["ok"]:
                raise RefusedError(answer.status, given)
            return given["result"]

    async def news(self, **params: Any) -> list[dict[str, Any]]:
        """Every update that waits, confirmed."""
        updates = await self("getUpdates", offset=self.offset, limit=100, **params)
        if updates:
            self.offset = updates[-1]["update_id"] + 1
            await self("getUpdates", offset=self.offset, limit=1)
        return updates

    async def texts(self) -> list[str]:
        """Texts and captions of the messages that wait."""
        found = [update["message"] for update in await self.news() if "message" in update]
        return [message.get("text") or message.get("caption") or "" for message in found]

    async def download(self, file_id: str) -> bytes:
        path = (await self("getFile", file_id=file_id))["file_path"]
        async with self.session.get(f"{self.url}/file/bot{self.token}/{path}") as answer:
            assert answer.status == 200
            return await answer.read()
