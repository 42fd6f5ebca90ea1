"""The demo's world: two residents' groups, a ward's desk, five invented people. The bot is in none of the chats yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.groups import Group
from bot.sandbox.people import Person

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["Ward", "build_ward"]


@dataclass(frozen=True, slots=True)
class Ward:
    """Everything marked "(mẫu)" is a sample. `second_chief` and `officer` sit at the desk beside its owner, `chief`."""

    desk: Group
    group_5: Group
    group_7: Group
    na: Person
    man: Person
    officer: Person
    chief: Person
    second_chief: Person


def build_ward(sandbox: "Sandbox") -> Ward:
    """People and chats only: the app's own /thietlap and /nhom make a ward of them."""
    na = sandbox.add_person("Bác Na (mẫu)")
    man = sandbox.add_person("Chị Mận (mẫu)")
    officer = sandbox.add_person("Cán bộ Ổi (mẫu)")
    chief = sandbox.add_person("Chỉ huy Bưởi (mẫu)")
    second = sandbox.add_person("Phó chỉ huy Cam (mẫu)")
    desk = sandbox.add_group("Trực ban phường Hoa Sữa (mẫu)", chief, [officer, second], forum=True)
    desk.promote(second)
    group_5 = sandbox.add_group("Tổ 5 · phường Hoa Sữa (mẫu)", na, [man, officer])
    group_7 = sandbox.add_group("Tổ 7 · phường Hoa Sữa (mẫu)", man, [na])
    return Ward(desk, group_5, group_7, na, man, officer, chief, second)
