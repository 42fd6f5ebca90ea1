"""What a decision needs from outside, fetched before its transaction."""

import asyncio
import time
from collections.abc import Callable, Mapping

from bot.context import Facts, Need
from bot.domain.paperwords import says_paper
from bot.errors import DeliveryError, TryLater, Undeliverable, Why
from bot.media import strip_metadata
from bot.media.papers import read_codes, shows_paper
from bot.messages import WITH_METADATA, Attachment, ChatKind, Incoming, MediaKind
from bot.platforms.base import ChatFacts, FetchedFile, Platform, Standing

STANDING_LASTS = 60.0
WITH_FILES = Need.FILES | Need.EVIDENCE | Need.COPIES
FETCHES = 4
FETCH_TRIES = 3
PICTURES = frozenset({MediaKind.PHOTO, MediaKind.DOCUMENT})


class FactFinder:
    """Asks platforms. A standing is kept for at most 60 s and asked afresh where a decision wants it so."""

    def __init__(self, platforms: Mapping[str, Platform], clock: Callable[[], float] = time.monotonic) -> None:
        self._platforms = platforms
        self._clock = clock
        self._standings: dict[tuple[str, str], tuple[Standing, float]] = {}
        self._fetches = asyncio.Semaphore(FETCHES)

    async def find(self, event: Incoming, needs: Need) -> Facts:
        """The facts; a standing or a chat that cannot be learned now stays unknown, and the decision says so."""
        standing = await self._standing(event, needs)
        chat = await self._chat(event) if Need.CHAT in needs else ChatFacts()
        files = await self._files(event, needs) if needs & WITH_FILES else {}
        return Facts(standing, chat, files)

    async def _standing(self, event: Incoming, needs: Need) -> Standing | None:
        if event.sender is None or not needs & (Need.STANDING | Need.FRESH_STANDING):
            return None
        if event.sender.anonymous:
            return None
        key = (event.chat.address, event.sender.id)
        known = self._standings.get(key)
        if known and Need.FRESH_STANDING not in needs and self._clock() - known[1] < STANDING_LASTS:
            return known[0]
        try:
            standing = await self._platforms[event.platform].standing(event.chat.id, event.sender.id)
        except DeliveryError:
            return None
        self._keep(key, standing)
        return standing

    def _keep(self, key: tuple[str, str], standing: Standing) -> None:
        now = self._clock()
        self._standings[key] = (standing, now)
        if len(self._standings) > 10_000:
            self._standings = {k: v for k, v in self._standings.items() if now - v[1] < STANDING_LASTS}

    async def _chat(self, event: Incoming) -> ChatFacts:
        try:
            return await self._platforms[event.platform].chat_facts(event.chat.id)
        except DeliveryError:
            return ChatFacts(event.chat.title, forum=event.chat.forum)

    async def _files(self, event: Incoming, needs: Need) -> dict[str, FetchedFile | Why]:
        copies = Need.COPIES in needs and len(self._platforms) > 1
        fleeting = self._platforms[event.platform].capabilities.fleeting_files
        every = event.chat.kind is ChatKind.PRIVATE or Need.EVIDENCE in needs or copies or fleeting
        items = (*event.attachments, *(event.quoted.attachments if event.quoted else ()))
        wanted = [item for item in items if item.file_id and (every or item.kind in WITH_METADATA)]
        told = says_paper(event.text)
        fetched = await asyncio.gather(*(self._file(event.platform, item, told=told) for item in wanted))
        return {item.file_id: content for item, content in zip(wanted, fetched, strict=True)}

    async def _file(self, platform: str, item: Attachment, *, told: bool) -> FetchedFile | Why:
        async with self._fetches:
            content = await self._fetch(platform, item)
            if isinstance(content, Why):
                return content
            clean = await asyncio.to_thread(strip_metadata, content, item.mime, item.name)
            codes = await asyncio.to_thread(read_codes, content) if item.kind in PICTURES else ()
            paper = item.kind in PICTURES and (told or shows_paper(codes))
            return FetchedFile(content, clean, paper, codes)

    async def _fetch(self, platform: str, item: Attachment) -> bytes | Why:
        for attempt in range(FETCH_TRIES):
            try:
                return await self._platforms[platform].fetch(item)
            except Undeliverable as error:
                return error.why
            except TryLater as error:
                await asyncio.sleep(min(error.after, 2.0) * (attempt + 1))
            except DeliveryError:
                break
        return Why.GAVE_UP
