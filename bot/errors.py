"""What can go wrong, drawn once. Each error says what to do next.

BinhYenError
├── BadSettings        the start stops; one line for each fault
├── BadContent         the start stops; one line for each fault, with its file and line
├── NewerDatabase      the start stops; the code is older than the data
├── NotStored          an event could not be kept: do not acknowledge it
├── Refused            a person is told why, politely; nothing was changed
└── DeliveryError      a platform did not take a message
    ├── TryLater       after that many seconds (network, 5xx)
    │   └── BadToken   the same; somebody must put the right token into the settings
    ├── Slowed         a 429: after that many seconds, and the pacer learns
    ├── ChatMoved      the chat has a new id: follow it
    ├── TopicGone      the topic was deleted or closed: make it again
    ├── AlreadyDone    nothing left to do (not modified, already deleted, query too old)
    └── Undeliverable  never: park it and show staff why
"""

from enum import StrEnum

BAD_TOKEN_WAIT = 60.0


class BinhYenError(Exception):
    """The root of this project's own errors."""


class BadSettings(BinhYenError):
    """Settings that the process cannot start with; `faults` has one line for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class BadContent(BinhYenError):
    """Content files that nothing may be answered from; `faults` has one line for each, with the file and the line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class NewerDatabase(BinhYenError):
    """The database was written by a newer version of this code."""


class NotStored(BinhYenError):
    """Events could not be written (disk full, database locked): they must not be acknowledged."""


class Refused(BinhYenError):
    """A person asked for what cannot be; `key` names the sentence in data/texts that says so."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class DeliveryError(BinhYenError):
    """A platform did not take a message."""


class TryLater(DeliveryError):
    """Temporary: try the same again after `after` seconds."""

    def __init__(self, after: float = 1.0) -> None:
        super().__init__(f"try again after {after:g} s")
        self.after = after


class BadToken(TryLater):
    """The platform does not know the token. It may be mended without a restart of theirs, so it is asked again."""

    def __init__(self) -> None:
        super().__init__(BAD_TOKEN_WAIT)


class Slowed(DeliveryError):
    """The platform asked us to slow down: nothing to this chat for `after` seconds."""

    def __init__(self, after: float) -> None:
        super().__init__(f"slowed for {after:g} s")
        self.after = after


class ChatMoved(DeliveryError):
    """The chat lives on under the id `to` (a group that became a supergroup)."""

    def __init__(self, to: str) -> None:
        super().__init__("the chat has moved")
        self.to = to


class TopicGone(DeliveryError):
    """The topic was deleted or closed under us."""


class AlreadyDone(DeliveryError):
    """What was asked has happened before; counts as sent."""


class Why(StrEnum):
    """Why a message can never be delivered; each has a sentence for staff in data/texts."""

    BLOCKED = "blocked"
    KICKED = "kicked"
    NO_RIGHTS = "no_rights"
    NOT_FOUND = "not_found"
    TOO_OLD = "too_old"
    TOO_BIG = "too_big"
    BAD_CONTENT = "bad_content"
    GAVE_UP = "gave_up"
    ERASED = "erased"
    QUOTA = "quota"
    PAPER = "paper"
    UNLINKED = "unlinked"


class Undeliverable(DeliveryError):
    """Permanent: trying again changes nothing."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
