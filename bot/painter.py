"""Makes the pictures of lessons beside the conversations: once for each wording, and only of those that are opened."""

import asyncio
import logging

from bot.delivery.intake import Intake
from bot.domain.learning import Lesson
from bot.logs import error_place
from bot.services.lessons import want_due
from bot.texts import Texts
from bot.typesetting import keep_making, softened, typeset
from data.content import Content
from data.engine import Database
from data.lesson_pictures import keep_picture, wanted_picture
from data.vault import Vault

log = logging.getLogger(__name__)
PIXELS_PER_INCH = 144.0  # 1080 by 1080


class Painter:
    """Runs while this process holds the lease."""

    def __init__(self, database: Database, vault: Vault, texts: Texts, content: Content) -> None:
        self._database = database
        self._vault = vault
        self._texts = texts
        self._content = content
        self._begun = False

    async def run(self, _intake: Intake) -> None:
        """Make what is wanted, for ever."""
        await keep_making("pictures of lessons", self._make_next)

    async def _make_next(self) -> bool:
        if not self._begun:  # words may be new since the last start, and what failed is tried once more
            await self._database.write(lambda work: want_due(work, self._vault, self._content.lessons))
            self._begun = True
        wanted = await self._database.write(wanted_picture)
        if wanted is None:
            return False
        file = await asyncio.to_thread(self._make, wanted.lesson)
        if not await self._database.write(lambda work: keep_picture(work, wanted, file)) and file:
            self._vault.erase(file)
        return True

    def _make(self, name: str) -> str:
        """The picture's name in the vault; empty where there is no such lesson, or it could not be set."""
        lesson = self._content.lessons.get(name)
        if lesson is None:
            return ""
        number = list(self._content.lessons).index(name) + 1
        head = self._texts.say("vi", "lesson.picture_head", number=number, total=len(self._content.lessons))
        try:
            return self._vault.put(paint(lesson, head))
        except (OSError, ValueError, RuntimeError) as error:
            log.error("the picture of %s failed (%s at %s)", name, type(error).__name__, error_place(error))  # noqa: TRY400
            return ""


def paint(lesson: Lesson, head: str) -> bytes:
    """A lesson as a PNG; fonts come with the package, never from the system."""
    data = {"head": head, "title": lesson.title, "points": lesson.points, "practice": lesson.practice}
    made = typeset("lesson.typ", softened(data), "png", ppi=PIXELS_PER_INCH)
    if len(made) > 1:
        raise ValueError("too long for one picture")
    return made[0]
