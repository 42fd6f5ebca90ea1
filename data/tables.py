"""Every table. Times are UTC seconds since 1970; `*_key` is a keyed hash (bot.sealing), `sealed*` is AES-GCM.

A keyed hash has its own domain in each table, so that two tables of a stolen database cannot be joined on a person.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- the queues -----------------------------------------------------------------------------------------------------

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

# --- places and people ----------------------------------------------------------------------------------------------

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

# --- relays ---------------------------------------------------------------------------------------------------------

relays = Table(
    "relays",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", Integer, nullable=False),
    Column("group_id", Integer, nullable=False),
    Column("inward", Boolean, nullable=False),  # from a group to the desk
    Column("source", String(96), nullable=False),  # address of the chat it was written in
    Column("message_id", String(32), nullable=False),
    Column("part", Integer, nullable=False, default=0),  # which item of an album
    Column("row_id", Integer, nullable=False, index=True),
    Column("author_key", String(64), nullable=False),
    Column("sealed", LargeBinary),  # author and words, for 48 h: what a tip is made from
    Column("tip_id", Integer),  # the tip that was made from it
    Column("at", Float, nullable=False),
    Column("withdrawn_at", Float),
    Index("ix_relays_source_message_id", "source", "message_id"),
)

# --- tips -----------------------------------------------------------------------------------------------------------

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

# --- broadcasts -----------------------------------------------------------------------------------------------------

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("author_key", String(64), nullable=False),
    Column("sealed_author", LargeBinary),
    Column("content", String(16), nullable=False, default="text"),  # text | scams
    Column("sealed", LargeBinary, nullable=False),  # the Outgoing as it was written, without its last lines
    Column("emergency", Boolean, nullable=False, default=False),
    Column("status", String(16), nullable=False),  # bot.domain.broadcasting.Status
    Column("manner", Text),  # JSON of bot.domain.broadcasting.Manner: to whom and how, where that was said
    Column("edition", Integer, nullable=False, default=0),  # which one every copy is to be: corrected, withdrawn, over
    Column("sealed_next", LargeBinary),  # a correction that waits for its approval
    Column("sealed_corrector", LargeBinary),  # who wrote it
    Column("new_files", Boolean, nullable=False, default=False),  # corrected files: copies may still have the first
    Column("corrected_at", Float),
    Column("stopped_at", Float),  # since then nobody gets it who had not got it yet
    Column("rule", Text),  # JSON of bot.domain.calendar.Rule: asked for later
    Column("late_hours", Float),
    Column("preview_row", Integer),
    Column("card_row", Integer),
    Column("shown", Integer, nullable=False, default=-1),  # groups done as the card says
    Column("schedule_id", Integer),
    Column("created_at", Float, nullable=False),
    Column("approved_key", String(64)),
    Column("started_at", Float),
    Column("finished_at", Float),
)

broadcast_targets = Table(
    "broadcast_targets",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("row_id", Integer, index=True),  # none: still to be posted; 0: unlinked before it was
    Column("edit_row", Integer, index=True),  # the newest change of that copy; 0: unlinked before it
    Column("edition", Integer, nullable=False, default=-1),  # the newest that was posted to this group
)

broadcast_reads = Table(  # whoever pressed "read", once; another key in each broadcast, so that no two can be joined
    "broadcast_reads",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    sqlite_with_rowid=False,  # row numbers would tell in which order people read
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("content", String(16), nullable=False),  # text | scams
    Column("sealed", LargeBinary, nullable=False),  # the Outgoing; empty where the content is made at each time
    Column("rule", Text, nullable=False),  # JSON of bot.domain.calendar.Rule
    Column("late_hours", Float, nullable=False, default=2.0),
    Column("manner", Text),  # of each of its broadcasts
    Column("paused", Boolean, nullable=False, default=False),
    Column("skips_holidays", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("author_key", String(64), nullable=False),
    Column("sealed_author", LargeBinary),
    Column("approved_key", String(64)),
    Column("created_at", Float, nullable=False),
    Column("checked_at", Float, nullable=False),  # fire times up to here have been dealt with
)

# --- what a platform's plan counts -----------------------------------------------------------------------------------

usage_months = Table(
    "usage_months",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("month", String(7), primary_key=True),  # "2026-11", in the wards' time zone
    Column("messages", Integer, nullable=False),
)

usage_people = Table(  # whoever was ever spoken with in private
    "usage_people",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    sqlite_with_rowid=False,  # row numbers would tell in which order people came
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

# --- scams ------------------------------------------------------------------------------------------------------------

scam_records = Table(  # what a ward has confirmed to belong to a scam
    "scam_records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # phone | account | link | plate
    Column("value_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the value, its bank, and an officer's note
    Column("source", String(16), nullable=False),  # tip | officer | import
    Column("tip_id", Integer),
    Column("sealed_by", LargeBinary),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    UniqueConstraint("ward_id", "kind", "value_key"),
    sqlite_autoincrement=True,  # an old button must never mean a newer number
)

scam_objections = Table(  # "that is my number", until an officer has decided
    "scam_objections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("scam_records.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # who, and what they say
    Column("at", Float, nullable=False),
    Column("settled_at", Float),
    Column("upheld", Boolean),
    sqlite_autoincrement=True,
)

ward_contacts = Table(  # how a ward says that it can be reached: it is meant to be read
    "ward_contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Float, nullable=False),
)

# --- bulletins --------------------------------------------------------------------------------------------------------

bulletins = Table(  # the numbered monthly issues of a ward
    "bulletins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("month", String(7), nullable=False),  # "2026-11", in the wards' time zone
    Column("sealed", LargeBinary, nullable=False),  # its sections
    Column("card_row", Integer),
    Column("broadcast_id", Integer),  # no foreign key: broadcasts are erased after their time, bulletins stay
    Column("picture", String(64)),  # a sealed file in the vault, for whoever reads it later
    Column("created_at", Float, nullable=False),
    Column("issued_at", Float),  # when it left for the groups
    Column("reached", Integer),  # groups, once all was told
    Column("targets", Integer),
    Column("members", Integer),  # in the groups reached, as far as their platforms tell
    UniqueConstraint("ward_id", "number"),
    UniqueConstraint("ward_id", "month"),
)

bulletin_sheets = Table(  # what is to be typeset: asked for, made, taken away again
    "bulletin_sheets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bulletin_id", ForeignKey("bulletins.id"), nullable=False, index=True),
    Column("purpose", String(8), nullable=False),  # send | print
    Column("sealed", LargeBinary),  # its words, and who asked; erased once it was shown
    Column("asked_at", Float, nullable=False),
    Column("files", Text),  # JSON: random names in the vault by what they are; empty where it could not be made
    Column("made_at", Float),
)

bulletin_reach = Table(  # whether a bulletin came to a group, and how many are in it as far as its platform tells
    "bulletin_reach",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("arrived", Boolean, nullable=False),
    Column("members", Integer),
)

bulletin_counts = Table(  # how many a bulletin reached by a channel, as officers noted it
    "bulletin_counts",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("channel", String(16), primary_key=True),  # led | loa | fanpage
    Column("count", Integer, nullable=False),
    Column("at", Float, nullable=False),
)

# --- what people ask and learn ---------------------------------------------------------------------------------------

inquiries = Table(  # questions and feedback to staff
    "inquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("intent", String(16), nullable=False),  # question | feedback
    Column("person_key", String(64), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # who asks, and their words
    Column("sealed_answer", LargeBinary),
    Column("card_row", Integer),
    Column("asked_at", Float, nullable=False),
    Column("answered_at", Float),  # or seen, where nothing was to be answered
    sqlite_autoincrement=True,  # an erased one's number must never name another's
)

ward_guides = Table(  # what was answered once and a chief made a guide of: no secret, nobody's own
    "ward_guides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(16), nullable=False),  # asked | live | gone
    Column("author_key", String(64), nullable=False),  # whoever worded it last: somebody else approves
    Column("inquiry_id", Integer),
    Column("card_row", Integer),
    Column("approved_at", Float),
    Column("created_at", Float, nullable=False),
)

learners = Table(  # where somebody stands in the course
    "learners",
    metadata,
    Column("person_key", String(64), primary_key=True),
    Column("lesson", String(32)),
    Column("ward_id", ForeignKey("wards.id")),
    Column("group_id", ForeignKey("groups.id")),
    Column("officer", Boolean, nullable=False, default=False),
    Column("learned_at", Float, nullable=False),
    Index("ix_learners_ward_id_officer", "ward_id", "officer"),
)

lesson_answers = Table(  # the first answer to each question counts
    "lesson_answers",
    metadata,
    Column("person_key", String(64), primary_key=True),
    Column("lesson", String(32), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("right", Boolean, nullable=False),
    Column("at", Float, nullable=False),
)

lessons_given = Table(  # the lessons that went to a ward's groups
    "lessons_given",
    metadata,
    Column("broadcast_id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("lesson", String(32), nullable=False),
    Column("at", Float, nullable=False),
)

lesson_quizzes = Table(  # the questions of a lesson in a group: who answered what is not known, only how many
    "lesson_quizzes",
    metadata,
    Column("broadcast_id", Integer, primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("row_id", Integer),
    Column("poll_key", String(64), index=True),
    Column("total", Integer, nullable=False, default=0),
    Column("right", Integer, nullable=False, default=0),
)

lesson_pictures = Table(  # made once for each wording of a lesson
    "lesson_pictures",
    metadata,
    Column("lesson", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("file", String(64)),  # a random name in the vault; none while it is still wanted
)
