"""Bot API methods about chats, members and topics."""

from typing import Any

from bot.sandbox.calls import Call, Method
from bot.sandbox.errors import bad_request
from bot.sandbox.groups import Group
from bot.sandbox.members import PERMISSIONS

__all__ = ["CHATS"]

GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
DENIED = {"can_change_info", "can_pin_messages", "can_manage_topics"}  # what members may not do by default
TOPIC_NAME_LIMIT = 128


def get_chat(call: Call) -> dict[str, Any]:
    chat = call.chat()
    full = chat.face | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if chat.type != "private":
        full["permissions"] = {name: name not in DENIED for name in PERMISSIONS}
    pinned = chat.history.get(chat.pinned[-1]) if chat.pinned else None
    return full | ({"pinned_message": pinned} if pinned else {})


def get_member(call: Call) -> dict[str, Any]:
    chat = call.chat()
    user_id = call.integer("user_id")
    member = chat.members.get(user_id or 0)
    if member is not None:
        return member.shown()
    person = call.world.people.get(user_id or 0)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return {"user": person.face, "status": "left"}


def get_admins(call: Call) -> list[dict[str, Any]]:
    """All administrators but other bots."""
    chat = group_of(call, "there are no administrators in the private chat")
    return [m.shown() for m in chat.admins() if not m.user["is_bot"] or m.user["id"] == call.bot.id]


def get_count(call: Call) -> int:
    return len(call.chat().inside())


def leave_chat(call: Call) -> bool:
    chat = group_of(call, "chat member status can't be changed in private chats")
    chat.take_out(call.bot.id, "left", call.bot.face)
    return True


def ban_member(call: Call) -> bool:
    chat = group_of(call, "can't ban members in private chats")
    call.need(chat, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    member = chat.members.get(call.integer("user_id") or 0)
    if member is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if member.is_admin:
        raise bad_request("user is an administrator of the chat")
    chat.take_out(member.user["id"], "kicked", call.bot.face)
    return True


def group_of(call: Call, why: str) -> Group:
    chat = call.chat()
    if not isinstance(chat, Group):
        raise bad_request(why)
    return chat


# Topics


def forum(call: Call) -> Group:
    """A forum in which the bot may manage topics."""
    chat = call.chat()
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def topic_name(call: Call) -> str:
    name = call.text("name").strip()
    if not 1 <= len(name) <= TOPIC_NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


def make_topic(call: Call) -> dict[str, Any]:
    chat = forum(call)
    call.need(chat, "can_manage_topics", "not enough rights to create a topic")
    topic = chat.make_topic(topic_name(call), voice(call), call.integer("icon_color"))
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def voice(call: Call) -> dict[str, Any]:
    return {"from": call.bot.face}


def owned_topic(call: Call) -> tuple[Group, int]:
    """A topic the bot may change: by right, or because it made it."""
    chat = forum(call)
    topic_id = call.integer("message_thread_id") or 0
    chat.topic(topic_id)
    root = chat.history.get(topic_id)
    if root is None or root["from"]["id"] != call.bot.id:
        call.need(chat, "can_manage_topics", "not enough rights to edit the topic")
    return chat, topic_id


def edit_topic(call: Call) -> bool:
    chat, topic_id = owned_topic(call)
    if call.text("name") and call.text("name") == chat.topic(topic_id).name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    if call.text("name"):
        chat.rename_topic(topic_id, topic_name(call), voice(call))
    return True


def set_closed(closed: bool) -> Method:
    def act(call: Call) -> bool:
        chat, topic_id = owned_topic(call)
        if chat.topic(topic_id).closed == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        chat.set_closed(topic_id, closed, voice(call))
        return True

    return act


def delete_topic(call: Call) -> bool:
    chat = forum(call)
    chat.topic(call.integer("message_thread_id") or 0)
    call.need(chat, "can_delete_messages", "not enough rights to delete the topic")
    chat.delete_topic(call.integer("message_thread_id") or 0)
    return True


def unpin_topic(call: Call) -> bool:
    chat = forum(call)
    call.need(chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    thread_id = call.integer("message_thread_id")
    chat.pinned[:] = [n for n in chat.pinned if chat.history[n].get("message_thread_id") != thread_id]
    return True


CHATS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_admins,
    "getChatMemberCount": get_count,
    "leaveChat": leave_chat,
    "banChatMember": ban_member,
    "createForumTopic": make_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": set_closed(True),
    "reopenForumTopic": set_closed(False),
    "deleteForumTopic": delete_topic,
    "unpinAllForumTopicMessages": unpin_topic,
    "getForumTopicIconStickers": lambda _call: [],
}
