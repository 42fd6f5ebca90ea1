"""What came in, what goes out, and who may send."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data.tables.base import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(32), nullable=False),
    Column("event_id", String(128), nullable=False),
    Column("chat_key", String(64), nullable=False),
    Column("sealed", LargeBinary),  # erased once handled
    Column("state", String(16), nullable=False, default="waiting"),  # waiting | done | parked
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Float, nullable=False),
    Column("received_at", Float, nullable=False),
    UniqueConstraint("platform", "event_id"),
    Index("ix_inbox_state_due_at", "state", "due_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("platform", String(32), nullable=False),
    Column("ward_id", Integer, nullable=False, default=0),
    Column("chat", String(64)),  # a group's or desk's own id, in clear
    Column("sealed_chat", LargeBinary),  # a private chat's id
    Column("tip_id", Integer),  # or the tip whose reporter is meant, unsealed only at the send
    Column("priority", Integer, nullable=False),
    Column("free", Boolean, nullable=False, default=False),
    Column("sealed", LargeBinary),  # the Outgoing; erased once sent
    Column("topic_id", Integer),
    Column("reply_row", Integer),  # the row whose message is answered
    Column("target_row", Integer),  # the row whose message is edited, deleted, pinned
    Column("merge_key", String(64)),
    Column("coalesce_key", String(64)),
    Column("about", String(64)),  # "tip:12": whose handler answers replies to this message
    Column("size", Integer, nullable=False, default=0),
    Column("state", String(16), nullable=False, default="waiting"),  # waiting | held | sent | parked | dropped
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(32)),
    Column("message_ids", Text),  # the platform's, comma-separated
    Column("merged_into", Integer),
    Column("due_at", Float, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("sent_at", Float),
    Index("ix_outbox_state_id", "state", "id"),
    Index("ix_outbox_sent_at", "sent_at"),
)

deliveries = Table(  # from a message that this bot sent back to the row it was sent for
    "deliveries",
    metadata,
    Column("chat_key", String(64), primary_key=True),
    Column("message_id", String(32), primary_key=True),
    Column("row_id", Integer, nullable=False, index=True),
    Column("part", Integer, nullable=False, default=0),
    Column("sent_at", Float, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(128), nullable=False),
    Column("until", Float, nullable=False),
)
