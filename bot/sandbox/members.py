"""Chat members and their rights, as ChatMember objects."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["PERMISSIONS", "RIGHTS", "Member", "chosen_rights"]

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
# What a restricted member may do; a muted one may nothing of it.
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class Member:
    """`user` is the User object; status is creator, administrator, member, restricted (muted here), left or kicked."""

    user: dict[str, Any]
    status: str = "member"
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    title: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        return self.status in {"creator", "administrator", "member", "restricted"}

    @property
    def is_admin(self) -> bool:
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def shown(self) -> dict[str, Any]:
        """The ChatMember object."""
        found: dict[str, Any] = {"user": self.user, "status": self.status}
        if self.status == "creator":
            found["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            found |= {"can_be_edited": False, "is_anonymous": self.anonymous}
            found |= {right: right in self.rights for right in RIGHTS}
            found["can_send_welcome_messages"] = False  # Bot API 10.x
        elif self.status == "restricted":
            found |= {"is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, False)
        elif self.status == "kicked":
            found["until_date"] = 0
        if self.title and self.is_admin:
            found["custom_title"] = self.title
        return found


def chosen_rights(given: dict[str, bool]) -> frozenset[str]:
    """Nothing given, or only refusals: all rights but those. Otherwise just the rights given as True."""
    unknown = set(given) - set(RIGHTS)
    if unknown:
        raise ValueError(f"no such right: {', '.join(sorted(unknown))}")
    allowed = {right for right, value in given.items() if value}
    return frozenset((allowed or set(RIGHTS) - set(given)) | {"can_manage_chat"})
