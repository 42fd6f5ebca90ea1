"""Every table. Times are UTC seconds since 1970; `*_key` is a keyed hash (bot.sealing), `sealed*` is AES-GCM.

A keyed hash has its own domain in each table, so that two tables of a stolen database cannot be joined on a person.
"""

from data.tables.base import metadata
from data.tables.broadcasts import broadcast_reads, broadcast_targets, broadcasts, schedules
from data.tables.bulletins import bulletin_counts, bulletin_reach, bulletin_sheets, bulletins
from data.tables.learning import (
    inquiries,
    learners,
    lesson_answers,
    lesson_pictures,
    lesson_quizzes,
    lessons_given,
    ward_guides,
)
from data.tables.places import (
    audit,
    codes,
    conversations,
    duties,
    groups,
    menus,
    moves,
    notices,
    people,
    roles,
    rosters,
    topics,
    tries,
    ward_rules,
    wards,
)
from data.tables.plans import meta, usage_months, usage_people
from data.tables.queues import deliveries, inbox, leases, outbox
from data.tables.relays import relays
from data.tables.scams import scam_objections, scam_records, ward_contacts
from data.tables.tips import evidence, handovers, mutes, proposals, reporters, reveals, tip_events, tips

__all__ = [
    "audit",
    "broadcast_reads",
    "broadcast_targets",
    "broadcasts",
    "bulletin_counts",
    "bulletin_reach",
    "bulletin_sheets",
    "bulletins",
    "codes",
    "conversations",
    "deliveries",
    "duties",
    "evidence",
    "groups",
    "handovers",
    "inbox",
    "inquiries",
    "learners",
    "leases",
    "lesson_answers",
    "lesson_pictures",
    "lesson_quizzes",
    "lessons_given",
    "menus",
    "meta",
    "metadata",
    "moves",
    "mutes",
    "notices",
    "outbox",
    "people",
    "proposals",
    "relays",
    "reporters",
    "reveals",
    "roles",
    "rosters",
    "scam_objections",
    "scam_records",
    "schedules",
    "tip_events",
    "tips",
    "topics",
    "tries",
    "usage_months",
    "usage_people",
    "ward_contacts",
    "ward_guides",
    "ward_rules",
    "wards",
]
