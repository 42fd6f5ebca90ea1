"""Wards, their desks and groups, and the people in them."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from data.tables.base import metadata

wards = Table(
    "wards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("desk", String(96), nullable=False, unique=True),
    Column("desk_forum", Boolean, nullable=False, default=False),
    Column("desk_shows", String(16), nullable=False, default="full"),  # full | summary
    Column("created_at", Float, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("thread", String(32), nullable=False, default=""),  # empty until the sender has made it
    Column("kind", String(16), nullable=False),  # group | intake | tip
    Index("ix_topics_ward_id_thread", "ward_id", "thread"),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("address", String(96), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("topic_id", ForeignKey("topics.id"), nullable=False),
    Column("welcome_row", Integer),
    Column("linked_at", Float, nullable=False),
    Column("unlinked_at", Float),
    Column("code", String(8), unique=True),  # typed privately, it says whose neighbour somebody is; no secret
    Column("guarded", Boolean, nullable=False, default=False),  # posts that accuse somebody are taken down
    Column("area", Text),  # what staff call the part of the ward where it is: broadcasts may go there alone
)

ward_rules = Table(  # where a ward departs from the defaults of data/content/rules.toml
    "ward_rules",
    metadata,
    Column("ward_id", ForeignKey("wards.id"), primary_key=True),
    Column("name", String(48), primary_key=True),
    Column("value", Text, nullable=False),
)

moves = Table(  # a group that became a supergroup
    "moves",
    metadata,
    Column("old", String(96), primary_key=True),
    Column("new", String(96), nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("code_key", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),  # setup | group | moderator
    Column("ward_id", ForeignKey("wards.id")),
    Column("name", Text, nullable=False, default=""),
    Column("expires_at", Float),
    Column("used_at", Float),
)

people = Table(  # what somebody chose for the private chat
    "people",
    metadata,
    Column("person_key", String(64), primary_key=True),
    Column("language", String(8), nullable=False, default="vi"),
    Column("ward_id", ForeignKey("wards.id")),
    Column("group_id", ForeignKey("groups.id")),
)

roles = Table(
    "roles",
    metadata,
    Column("ward_id", ForeignKey("wards.id"), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    Column("role", String(16), primary_key=True),  # chief | moderator | barred
    Column("sealed", LargeBinary, nullable=False),  # address and name
    Column("given_at", Float, nullable=False),
    Column("expires_at", Float),
    Column("private_at", Float),  # when they last wrote privately: only then can the bot write to them
)

duties = Table(  # whoever was on duty at a desk lately; one whose time is not over is on duty now
    "duties",
    metadata,
    Column("ward_id", ForeignKey("wards.id"), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # address and name
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("private_at", Float),  # as in roles
)

rosters = Table(  # a desk's week: whose shift it is where nobody took one by hand; no two of a ward overlap
    "rosters",
    metadata,
    Column("ward_id", ForeignKey("wards.id"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),  # minute of the week, Monday 0:00 of the wall
    Column("length", Integer, nullable=False),  # minutes
    Column("person_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # address and name
    Column("private_at", Float),  # as in roles
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat_key", String(64), primary_key=True),
    Column("step", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", Float, nullable=False),
)

menus = Table(  # the last buttons shown to somebody in a chat, so that 1, 2, 3 answer them
    "menus",
    metadata,
    Column("chat_key", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("shown_at", Float, nullable=False),
    Column("row_id", Integer),  # the outbox row that shows them: until it was sent nobody can have chosen from them
)

notices = Table(  # what has been said once and need not be said again soon
    "notices",
    metadata,
    Column("subject_key", String(64), primary_key=True),
    Column("at", Float, nullable=False),
)

tries = Table(  # wrong codes typed lately
    "tries",
    metadata,
    Column("subject_key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Float, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", Integer, nullable=False, index=True),
    Column("at", Float, nullable=False),
    Column("actor_key", String(64), nullable=False),
    Column("sealed_actor", LargeBinary),
    Column("act", String(48), nullable=False),
    Column("subject", String(96), nullable=False, default=""),
    Column("digest", String(64)),  # of this line and the one before: none was changed, none taken out
    Column("actor_digest", String(64)),  # of sealed_actor, which is erased after years
)
