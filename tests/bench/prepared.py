"""A database with wards and linked groups, made by the services while no bot runs.

The real commands would do the same (tests/conversations shows it), one conversation a group; a thousand of them would
be most of a benchmark. Topics exist already, and the first-message notice has been given.
"""

from collections.abc import Sequence
from pathlib import Path

from bot.messages import Chat, ChatKind, Person
from bot.platforms.base import ChatFacts
from bot.sandbox import Group
from bot.sandbox import Person as Somebody
from bot.sealing import Seal, load_keys
from bot.services.notices import first_notice
from bot.services.wards import invite_group, link_group, new_setup_code, set_up
from data.engine import Database
from data.keys import unlock
from data.migrate import migrate
from data.people import give_role
from data.places import Here, Spot
from data.topics import set_thread
from data.unit_of_work import Work
from tests.cast import KEY

NOWHERE = Here(Spot.STRANGER)


def open_database(folder: Path) -> Database:
    """The bot's database, migrated."""
    url = f"sqlite+aiosqlite:///{folder}/test.db"
    migrate(url, folder / "backups")
    database = Database(url, Seal(load_keys(KEY, folder / "no-key")))
    database.write_now(unlock)
    return database


def found_ward(
    desk: Group, second: Somebody, groups: Sequence[Group], residents: Sequence[Somebody], work: Work
) -> None:
    """A ward with two chiefs, its desk and groups; each group's topic exists at the desk."""
    chief = person(desk.owner)
    ward = set_up(work, NOWHERE, chat(desk), chief, ChatFacts(forum=True), new_setup_code(work), desk.title)
    give_role(work, ward.id, person(second), "chief")
    for group, resident in zip(groups, residents, strict=True):
        code = invite_group(work, ward, chief, group.title)
        _, linked = link_group(work, NOWHERE, chat(group), chief, code)
        set_thread(work, linked.topic_id, str(desk.open_topic(group.title)))
        first_notice(work, linked, person(resident))


def chat(group: Group) -> Chat:
    """A sandbox's chat as the product knows it."""
    return Chat("telegram", str(group.id), ChatKind.GROUP, group.title, group.is_forum)


def person(somebody: Somebody) -> Person:
    """Somebody of the sandbox as the product knows them."""
    return Person("telegram", str(somebody.id), somebody.name)
