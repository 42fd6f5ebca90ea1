"""A group chat and what its people do with it: join, promote, remove, migrate, manage topics."""

from typing import TYPE_CHECKING, Any, Self

from bot.sandbox.accounts import BotAccount
from bot.sandbox.chats import TOPIC_COLOUR, Chat, Topic
from bot.sandbox.members import Member, chosen_rights
from bot.sandbox.people import ANONYMOUS, Person

if TYPE_CHECKING:
    from bot.sandbox.world import World

__all__ = ["Group", "supergroup_id"]

Message = dict[str, Any]


def supergroup_id(number: int) -> int:
    return -1_000_000_000_000 - number


class Group(Chat):
    """type "group" or "supergroup"; `by` is the person who acts, the owner where it is left out."""

    def __init__(self, world: "World", kind: str, title: str, owner: Person, *, forum: bool = False) -> None:
        if forum and kind != "supergroup":
            raise ValueError("only a supergroup can be a forum")
        number = next(world.group_ids)
        face: dict[str, Any] = {
            "id": supergroup_id(number) if kind == "supergroup" else -number,
            "title": title,
            "type": kind,
        }
        if forum:
            face["is_forum"] = True
        super().__init__(face["id"], kind, face, world.keep)
        self.world = world
        self.owner = owner
        self.members[owner.id] = Member(owner.face, "creator")
        world.groups[self.id] = self

    # People

    def join(self, person: Person, by: Person | None = None) -> Message:
        """Adds a person, or lets them come by a link."""
        self.enter(person.face, (by or person).face)
        return self.announce_join(person.face, by or person)

    def remove(self, who: Person | BotAccount, by: Person | None = None) -> Message:
        """Takes somebody out for good (status "kicked")."""
        return self.take_out(who.id, "kicked", self.voice(by)["from"])

    def lets_go(self, who: Person | BotAccount) -> Message:
        """Somebody leaves by their own will (status "left")."""
        face = self.members[who.id].user
        return self.take_out(who.id, "left", face)

    def promote(
        self,
        who: Person | BotAccount,
        *,
        anonymous: bool = False,
        title: str = "",
        by: Person | None = None,
        **rights: bool,
    ) -> None:
        """Makes an admin. No rights named: all of them. `title` is shown as author_signature when anonymous."""
        member = self.members[who.id]
        before = member.shown()
        if member.status != "creator":
            member.status = "administrator"
            member.rights = chosen_rights(rights)
        member.anonymous, member.title = anonymous, title
        self.world.member_changed(self, who.id, before, self.voice(by)["from"])

    def demote(self, who: Person | BotAccount, by: Person | None = None) -> None:
        member = self.members[who.id]
        before = member.shown()
        member.status, member.rights, member.anonymous = "member", frozenset(), False
        self.world.member_changed(self, who.id, before, self.voice(by)["from"])

    def mute(self, who: Person | BotAccount, by: Person | None = None, *, muted: bool = True) -> None:
        """Takes the right to speak away (status "restricted"), or gives it back."""
        member = self.members[who.id]
        before = member.shown()
        member.status = "restricted" if muted else "member"
        self.world.member_changed(self, who.id, before, self.voice(by)["from"])

    # Bots

    def add_bot(
        self,
        bot: BotAccount,
        by: Person | None = None,
        *,
        startgroup: str | None = None,
        admin: bool = False,
        rights: dict[str, bool] | None = None,
    ) -> Message:
        """Adds a bot; by a startgroup link the group then gets `/start@bot CODE` from `by`. Returns the last message.

        `rights`: only these, or all but those given as False; naming any makes it an admin.
        """
        by = by or self.owner
        self.bots[bot.id] = bot
        self.enter(bot.face, self.voice(by)["from"], chosen_rights(rights or {}) if admin or rights else None)
        last = self.announce_join(bot.face, by)
        if startgroup is not None:
            last = by.says(f"/start@{bot.username} {startgroup}", self)
        return last

    # Topics, as people manage them in the app

    def open_topic(self, name: str, by: Person | None = None) -> int:
        """A new topic; returns its thread id."""
        return self.make_topic(name, self.voice(by)).id

    def close_topic(self, topic_id: int, by: Person | None = None) -> None:
        self.set_closed(topic_id, True, self.voice(by))

    def reopen_topic(self, topic_id: int, by: Person | None = None) -> None:
        self.set_closed(topic_id, False, self.voice(by))

    def make_topic(self, name: str, author: dict[str, Any], colour: int | None = None) -> Topic:
        topic = Topic(self.last_id + 1, name, icon_color=colour or TOPIC_COLOUR)
        self.topics[topic.id] = topic
        self.world.post(
            self, author, {"forum_topic_created": {"name": name, "icon_color": topic.icon_color}}, thread=topic.id
        )
        return topic

    def set_closed(self, topic_id: int, closed: bool, author: dict[str, Any]) -> None:
        self.topic(topic_id).closed = closed
        key = "forum_topic_closed" if closed else "forum_topic_reopened"
        self.world.post(self, author, {key: {}}, thread=topic_id)

    def rename_topic(self, topic_id: int, name: str, author: dict[str, Any] | None = None) -> None:
        self.topic(topic_id).name = name
        self.world.post(self, author or self.voice(None), {"forum_topic_edited": {"name": name}}, thread=topic_id)

    def delete_topic(self, topic_id: int) -> None:
        """The topic and every message in it are gone; no bot is told."""
        self.topic(topic_id)
        del self.topics[topic_id]
        for message in [m for m in self.history.values() if m.get("message_thread_id") == topic_id]:
            self.world.delete(self, message["message_id"])
        self.world.tell("chat", self, {})

    # The group itself

    def pin(self, message: Message, author: dict[str, Any] | None = None) -> None:
        message_id = message["message_id"]
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        self.pinned.append(message_id)
        shown = {key: value for key, value in self.history[message_id].items() if key != "reply_to_message"}
        thread = shown.get("message_thread_id") if shown.get("is_topic_message") else None
        self.world.post(self, author or self.voice(None), {"pinned_message": shown}, thread=thread)

    def rename(self, title: str) -> None:
        self.face = self.face | {"title": title}
        self.world.post(self, self.voice(None), {"new_chat_title": title})

    def migrate(self) -> Self:
        """A basic group becomes a supergroup: a service message in each, and calls to the old id answer 400."""
        if self.type != "group" or self.migrated_to is not None:
            raise ValueError("only a basic group can migrate, once")
        new = type(self)(self.world, "supergroup", self.title, self.owner)
        new.members = {user_id: member for user_id, member in self.members.items() if member.inside}
        new.bots = dict(self.bots)
        self.world.post(self, self.voice(None), {"migrate_to_chat_id": new.id})
        self.migrated_to = new.id
        self.world.post(new, {"from": ANONYMOUS, "sender_chat": new.face}, {"migrate_from_chat_id": self.id})
        return new

    # How it is done

    def voice(self, person: Person | None) -> dict[str, Any]:
        return (person or self.owner).author(self, None, None)

    def enter(self, face: dict[str, Any], by: dict[str, Any], rights: frozenset[str] | None = None) -> None:
        old = self.members.get(face["id"])
        before = old.shown() if old else {"user": face, "status": "left"}
        member = Member(face, "member") if rights is None else Member(face, "administrator", rights)
        self.members[face["id"]] = member
        self.world.member_changed(self, face["id"], before, by)

    def announce_join(self, face: dict[str, Any], by: Person) -> Message:
        author = by.author(self, None, None)
        content = {"new_chat_participant": face, "new_chat_member": face, "new_chat_members": [face]}
        return self.world.post(self, author, content)

    def take_out(self, user_id: int, status: str, by: dict[str, Any]) -> Message:
        member = self.members[user_id]
        before = member.shown()
        member.status, member.rights = status, frozenset()
        content = {"left_chat_participant": member.user, "left_chat_member": member.user}
        message = self.world.post(self, {"from": by}, content)
        self.world.member_changed(self, user_id, before, by)
        self.bots.pop(user_id, None)
        return message
