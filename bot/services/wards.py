"""Wards are set up, groups linked and unlinked."""

from datetime import timedelta

from sqlalchemy import insert, select, update

from bot.domain.codes import group_code, link_code, setup_code, tidy
from bot.errors import Refused
from bot.messages import Chat, Person
from bot.platforms.base import ChatFacts, Standing
from bot.services.quotas import GROUPS, look_at
from data import tables as t
from data.audit import audit
from data.chiefs import chiefs_of
from data.people import give_role, has_role, take_role
from data.places import Group, Here, Spot, Ward, group_at, ward_by_id
from data.topics import add_topic
from data.unit_of_work import Work

LINK_LASTS = timedelta(hours=24).total_seconds()
LONGEST_NAME = 80


# --- rights


def check_standing(standing: Standing | None) -> Standing:
    """What somebody is in a chat, or a polite refusal when the platform could not say."""
    if standing is None:
        raise Refused("try_again")
    return standing


def check_runs_chat(standing: Standing | None) -> None:
    """Only an owner or admin of the chat may."""
    if not check_standing(standing).runs_chat:
        raise Refused("only_admin")


def check_officer(work: Work, ward: Ward, person: Person, standing: Standing | None) -> None:
    """An officer is a member of the desk who was not barred. `sender_chat` never is one."""
    if person.anonymous:
        raise Refused("anonymous_officer")
    if not check_standing(standing).inside or has_role(work, ward.id, person, "barred"):
        raise Refused("only_officer")


def check_chief(work: Work, ward: Ward, person: Person, standing: Standing | None) -> None:
    """A chief still belongs to the desk."""
    check_officer(work, ward, person, standing)
    if not has_role(work, ward.id, person, "chief"):
        raise Refused("only_chief")


# --- setting up


def new_setup_code(work: Work, code: str | None = None) -> str:
    """Make (or keep the given) code that registers one ward."""
    made = code or setup_code()
    key = work.seal.lookup("code", tidy(made))
    if not work.one(select(t.codes.c.code_key).where(t.codes.c.code_key == key)):
        work.run(insert(t.codes).values(code_key=key, kind="setup"))
    return made


def any_setup(work: Work) -> bool:
    """Whether there is a ward, or an unused code that can make one."""
    if work.one(select(t.wards.c.id)):
        return True
    return (
        work.one(select(t.codes.c.code_key).where(t.codes.c.kind == "setup", t.codes.c.used_at.is_(None))) is not None
    )


def check_free(here: Here) -> None:
    """A chat is one thing only."""
    if here.spot is Spot.DESK:
        raise Refused("setup.is_desk")
    if here.spot is Spot.GROUP:
        raise Refused("setup.is_group")
    if here.spot is Spot.PRIVATE:
        raise Refused("setup.in_private")


def set_up(work: Work, here: Here, chat: Chat, by: Person, facts: ChatFacts, code: str, name: str) -> Ward:
    """Make this chat the desk of a new ward, and `by` its chief."""
    check_free(here)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused("setup.how")
    key = check_code(work, "setup", tidy(code))
    use_code(work, key)
    ward_id = work.add(
        insert(t.wards).values(name=name, desk=chat.address, desk_forum=facts.forum or chat.forum, created_at=work.now)
    )
    give_role(work, ward_id, by, "chief")
    audit(work, ward_id, by, "ward.set_up")
    return ward_by_id(work, ward_id)


def check_code(work: Work, kind: str, code: str) -> str:
    """The key of a code that may still be used."""
    key = work.seal.lookup("code", code)
    row = work.one(select(t.codes).where(t.codes.c.code_key == key, t.codes.c.kind == kind))
    if row is None or row.used_at is not None or (row.expires_at is not None and row.expires_at < work.now):
        raise Refused(f"setup.bad_{kind}_code")
    return key


def use_code(work: Work, key: str) -> None:
    """A code works once."""
    work.run(update(t.codes).where(t.codes.c.code_key == key).values(used_at=work.now))


# --- groups


def invite_group(work: Work, ward: Ward, by: Person, name: str) -> str:
    """A single-use code, good for 24 h, that links a group under this name."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refused("group.how")
    code = link_code()
    key = work.seal.lookup("code", code)
    values = {"code_key": key, "kind": "group", "ward_id": ward.id, "name": name, "expires_at": work.now + LINK_LASTS}
    work.run(insert(t.codes).values(values))
    audit(work, ward.id, by, "group.invited", name)
    return code


def link_group(work: Work, here: Here, chat: Chat, by: Person, code: str) -> tuple[Ward, Group]:
    """Link this chat to the ward that made the code."""
    check_free(here)
    key = check_code(work, "group", code)
    row = work.one(select(t.codes.c.ward_id, t.codes.c.name).where(t.codes.c.code_key == key))
    if row is None:
        raise Refused("setup.bad_group_code")
    ward = ward_by_id(work, row.ward_id)
    use_code(work, key)
    topic = add_topic(work, ward.id, row.name, "group")
    work.add(
        insert(t.groups).values(
            ward_id=ward.id,
            address=chat.address,
            name=row.name,
            topic_id=topic,
            linked_at=work.now,
            code=fresh_group_code(work),
        )
    )
    group = group_at(work, chat.address)
    if group is None:
        raise LookupError("the group just linked")
    audit(work, ward.id, by, "group.linked", str(group.id))
    look_at(work, chat.platform, GROUPS, group.id)
    return ward, group


def fresh_group_code(work: Work) -> str:
    """A group's code that no other group has or had."""
    while True:
        code = group_code()
        if work.one(select(t.groups.c.id).where(t.groups.c.code == code)) is None:
            return code


def code_of(work: Work, group: Group) -> str:
    """The code that residents of a group type; made now for a group that is older than codes are."""
    if group.code:
        return group.code
    code = fresh_group_code(work)
    work.run(update(t.groups).where(t.groups.c.id == group.id).values(code=code))
    return code


def check_may_link(standing: Standing | None) -> None:
    """An admin links a chat; where the platform tells nobody's rank the single-use code has to be enough."""
    if standing is not Standing.UNKNOWN:
        check_runs_chat(standing)


def unlink_group(work: Work, group: Group, by: Person | None) -> None:
    """End a link. The address becomes free for another; the history stays."""
    gone = f"unlinked:{group.id}:{group.address}"
    values = {"unlinked_at": work.now, "address": gone}
    work.run(update(t.groups).where(t.groups.c.id == group.id).values(values))
    audit(work, group.ward_id, by, "group.unlinked", str(group.id))


def name_chief(work: Work, ward: Ward, by: Person, person: Person) -> None:
    """One more chief; being named lifts an earlier bar. Whether they still belong to the desk is asked at each use."""
    if has_role(work, ward.id, person, "chief") and not has_role(work, ward.id, person, "barred"):
        raise Refused("desk.chief_already")
    take_role(work, ward.id, person, "barred")
    give_role(work, ward.id, person, "chief")
    audit(work, ward.id, by, "chief.named")


def end_chief(work: Work, ward: Ward, person: Person) -> bool:
    """Whoever left the desk is no chief any more, as long as another one is left; whether they were one."""
    chiefs = [chief.address for chief in chiefs_of(work, ward.id)]
    if person.address not in chiefs or len(chiefs) == 1:
        return False
    take_role(work, ward.id, person, "chief")
    audit(work, ward.id, person, "chief.left")
    return True


def bar_officer(work: Work, ward: Ward, by: Person, person: Person) -> None:
    """Take an officer's rights away, though they stay in the chat."""
    give_role(work, ward.id, person, "barred")
    audit(work, ward.id, by, "officer.barred")
