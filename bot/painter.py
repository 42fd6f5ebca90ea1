"""Makes the pictures of lessons beside the conversations: once for each wording, and only of those that are opened."""

import asyncio
import logging

from bot.delivery.intake import Intake
from bot.domain.learning import Lesson
from bot.logs import error_place
from bot.services.lessons import Lessons, pictured, want_due
from bot.texts import Texts
from bot.typesetting import keep_making, softened, typeset
from data.content import Content
from data.engine import Database
from data.lesson_pictures import Picture, keep_picture, wanted_picture
from data.unit_of_work import Work
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
            await self._database.write(lambda work: want_due(work, self._vault, self._content))
            self._begun = True
        found = await self._database.write(self._next)
        if found is None:
            return False
        wanted, lessons, name = found
        file = await asyncio.to_thread(self._make, lessons, name)
        if not await self._database.write(lambda work: keep_picture(work, wanted, file)) and file:
            self._vault.erase(file)
        return True

    def _next(self, work: Work) -> tuple[Picture, Lessons, str] | None:
        """What is to be made, the lessons that it is one of, and its name there."""
        wanted = wanted_picture(work)
        return (wanted, *pictured(work, self._content, wanted.lesson)) if wanted else None

    def _make(self, lessons: Lessons, name: str) -> str:
        """The picture's name in the vault; empty where there is no such lesson, or it could not be set."""
        lesson = lessons.get(name)
        if lesson is None:
            return ""
        head = self._texts.say("vi", "lesson.picture_head", number=list(lessons).index(name) + 1, total=len(lessons))
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
