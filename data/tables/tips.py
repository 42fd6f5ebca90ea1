"""Tips, their reporters, files and history."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from data.tables.base import metadata

tips = Table(
    "tips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id")),  # a draft may not know it yet
    Column("code", String(16), nullable=False, unique=True),
    Column("status", String(16), nullable=False),  # bot.domain.cases.Status
    Column("kind", String(32), nullable=False, default="khac"),
    Column("urgency", String(8), nullable=False, default="normal"),  # urgent | high | normal
    Column("danger", String(16)),
    Column("anonymous", Boolean, nullable=False, default=False),
    Column("text", Text, nullable=False, default=""),  # once confirmed; phones and contacts moved to the vault first
    Column("sealed", LargeBinary),  # as it was written, part by part; of a draft there is nothing else
    Column("sealed_facts", LargeBinary),  # what was understood of it, and what its reporter corrected
    Column("hearsay", Boolean, nullable=False, default=False),  # heard from somebody, not seen
    Column("aside", Boolean, nullable=False, default=False),  # an officer is involved: one chief's, never the desk's
    Column("place", Text, nullable=False, default=""),  # once confirmed, like the text
    Column("place_key", String(160), nullable=False, default=""),  # by which two places compare
    Column("happened_from", Float),
    Column("happened_to", Float),
    Column("pass_key", String(64)),  # of the words by which its reporter goes on with it from elsewhere
    Column("source", String(16), nullable=False),  # private | group | desk | staff
    Column("group_id", ForeignKey("groups.id")),
    Column("outcome", String(24)),
    Column("draft_row", Integer),  # the draft as its reporter sees it
    Column("card_row", Integer),  # the card where new tips arrive
    Column("case_row", Integer),  # the card in the tip's own topic
    Column("topic_id", ForeignKey("topics.id")),
    Column("handler_key", String(64)),
    Column("sealed_handler", LargeBinary),
    Column("created_at", Float, nullable=False),
    Column("touched_at", Float, nullable=False),  # when its reporter last added to it
    Column("confirmed_at", Float),
    Column("withdrawn_at", Float),  # the reporter took it back after the desk had seen it
    Column("accepted_at", Float),
    Column("acted_at", Float),  # when staff last did something about it
    Column("passed_to", Text),  # which other authority has it
    Column("passed_at", Float),
    Column("decision", String(24)),  # what that authority decided
    Column("answered_at", Float),  # its reporter was told the outcome
    Column("closed_at", Float),
    Column("lead_id", Integer),  # the tip of the same thing that this one follows
    Column("followers", Integer, nullable=False, default=0),  # how many follow this one
    Column("joined_at", Float),  # when the desk was shown it, or the newest of them
    Column("erased_at", Float),  # its words and files are gone, what can be counted stays
    Index("ix_tips_ward_id_status", "ward_id", "status"),
    Column("shown_row", Integer),  # the card that was asked for last
    Index("ix_tips_queue", "ward_id", "status", "urgency", "id"),
    Index("ix_tips_queue_kind", "ward_id", "kind", "status", "urgency", "id"),
    Index("ix_tips_queue_group", "group_id", "status", "urgency", "id"),
    Index("ix_tips_queue_handler", "handler_key", "status", "urgency", "id"),
    Index("ix_tips_lead_id", "lead_id"),
    Index("ix_tips_touched_at", "touched_at"),
    Index("ix_tips_ward_id_joined_at", "ward_id", "joined_at"),
    sqlite_autoincrement=True,  # an erased draft's number must never name somebody else's tip
)

reporters = Table(  # the vault: who reported
    "reporters",
    metadata,
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), primary_key=True),
    Column("person_key", String(64), nullable=False),  # another one in each tip, so that no two can be joined
    Column("sealed", LargeBinary, nullable=False),  # address, name, contacts
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("file", String(64), nullable=False),  # sealed original, a random name in the vault
    Column("shown", String(64)),  # sealed copy without metadata; none where that is impossible
    Column("held", String(16)),  # why it is not shown: metadata | paper | child
    Column("mime", String(96), nullable=False, default=""),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Float, nullable=False),
)

tip_events = Table(
    "tip_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Float, nullable=False),
    Column("what", String(32), nullable=False),
    Column("sealed", LargeBinary),
)

proposals = Table(  # what a moderator would do with a tip, until an officer has confirmed or declined it
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("act", String(16), nullable=False),  # sort | urgency | merge | ask | noise | outcome
    Column("value", String(64), nullable=False, default=""),
    Column("sealed_by", LargeBinary, nullable=False),
    Column("row_id", Integer),  # the message at the desk that puts it to the officers
    Column("at", Float, nullable=False),
    Column("settled_at", Float),
    Column("agreed", Boolean),
)

reveals = Table(  # an officer's wish to know who reported
    "reveals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("asker_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # who asks, and why
    Column("asked_at", Float, nullable=False),
    Column("settled_at", Float),
    Column("agreed", Boolean),
    Column("shown_at", Float),
)

handovers = Table(  # files about a tip for the authority that has it now: asked for, made, taken away again
    "handovers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tip_id", ForeignKey("tips.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sealed", LargeBinary),  # who asked, and the password; erased once it was shown
    Column("asked_at", Float, nullable=False),
    Column("files", Text),  # random names in the vault, comma-separated; empty where it could not be made
    Column("made_at", Float),
)

mutes = Table(  # whose reports wait in silence for a time
    "mutes",
    metadata,
    Column("ward_id", ForeignKey("wards.id"), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # by whom, and why
    Column("until", Float, nullable=False),
)
