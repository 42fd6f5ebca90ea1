"""Lessons: a course at one's own pace, a lesson of the week for a ward's groups, and how far all are, in numbers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from bot.domain.calendar import Every, Rule
from bot.domain.learning import QUESTIONS, Answered, Course, Lesson, Question, next_given, share_right, told_count
from bot.errors import Refused
from bot.messages import Outgoing, Person
from bot.services.contents import FILES_LAST
from bot.services.schedules import LATE_HOURS, NOBODY
from data import lesson_pictures as pictures
from data import lessons as rows
from data import tables as t
from data.audit import audit
from data.broadcasts import open_with_content
from data.content import Content
from data.outbox import recall_rows
from data.people import find_person
from data.places import Ward, group_by_id, groups_of
from data.rules import Rules, number_of
from data.schedules import add_schedule, change_schedule, schedules_of, wards_with
from data.unit_of_work import Work
from data.vault import Vault

CONTENT = "lessons"
WHEN = ("lesson_day", "lesson_hour")  # what a ward may set
MONDAY = 2  # as people here count the days: "thứ hai"
Lessons = Mapping[str, Lesson]


# --- the course


def course_of(work: Work, lessons: Lessons, person: Person) -> Course:
    """How far somebody is."""
    return Course(list(lessons), rows.answers_of(work, person))


def open_lesson(work: Work, lessons: Lessons, person: Person, name: str) -> Lesson:
    """Somebody reads a lesson; their group, where it is known, counts them from now on."""
    lesson = lessons.get(name)
    if lesson is None:
        raise Refused("lesson.gone")
    known = find_person(work, person)
    group = group_by_id(work, known.group_id) if known.group_id else None
    neighbour = known.ward_id is not None and not rows.is_officer(work, person)  # an officer stays with their unit
    place = {"ward_id": known.ward_id, "group_id": group.id if group else None} if neighbour else {}
    rows.remember_learner(work, person, lesson=name, **place)
    return lesson


def resume(work: Work, lessons: Lessons, person: Person) -> tuple[str, int]:
    """The lesson to go on with, and its next question: 0 where the lesson is yet to be read."""
    course, current = course_of(work, lessons, person), rows.current_lesson(work, person) or ""
    if current in lessons and current not in course.done:
        return current, course.next_question(current)
    return course.after(current) or "", 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer."""

    question: Question
    right: bool
    next: int  # the next question without an answer, QUESTIONS at the end


def answer(work: Work, lessons: Lessons, person: Person, name: str, number: int, choice: int) -> Verdict:
    """Somebody answers a question; only the first answer counts, and nobody is asked to skip."""
    lesson = lessons.get(name)
    if lesson is None or not (0 <= number < QUESTIONS and 1 <= choice <= len(lesson.quiz[number].choices)):
        raise Refused("stale")
    course, question = course_of(work, lessons, person), lesson.quiz[number]
    if any(one.lesson == name and one.question == number for one in course.answers):
        raise Refused("lesson.answered_already")
    answered = Answered(name, number, choice == question.answer)
    rows.note_answer(work, person, answered)
    after = Course(course.lessons, [*course.answers, answered])
    return Verdict(question, answered.right, after.next_question(name))


def enrol_officer(work: Work, ward: Ward, person: Person) -> None:
    """An officer counts for their unit from now on."""
    rows.remember_learner(work, person, ward_id=ward.id, officer=True)


def leave_unit(work: Work, ward: Ward, person: Person) -> None:
    """Whoever left the desk counts for the unit no more; how far they are in the course stays theirs."""
    rows.end_officer(work, ward.id, person)


# --- the lesson of the week


def weekly_rule(work: Work, rules: Rules, ward_id: int) -> Rule:
    """On the ward's day and hour: Thursday evening, unless it chose another."""
    day, hour = (int(number_of(work, rules, ward_id, name)) for name in WHEN)
    return Rule(Every.WEEK, hour, weekday=day - MONDAY)


def replan(work: Work, rules: Rules, ward: Ward, by: Person) -> None:
    """The ward chose another day or hour: the lessons that go out already go by it too, from now on."""
    for schedule in schedules_of(work, ward.id):
        if schedule.content == CONTENT:
            since = max(work.now, schedule.checked_at)
            change_schedule(work, schedule.id, rule=weekly_rule(work, rules, ward.id), checked_at=since)
            audit(work, ward.id, by, "schedule.moved", str(schedule.id))


def check_no_schedule(work: Work, ward: Ward) -> None:
    """One lesson a week is enough."""
    table = t.schedules
    query = select(table.c.id).where(table.c.ward_id == ward.id, table.c.content == CONTENT, table.c.active.is_(True))
    if work.one(query) or open_with_content(work, ward.id, CONTENT):
        raise Refused("lesson.already")


def seed_schedule(work: Work, lessons: Lessons, ward_id: int, rule: Rule) -> None:
    """The weekly lesson without anybody's press, for the demo; the first picture is wanted at once."""
    first = next(iter(lessons))
    pictures.want_picture(work, first, digest_of(lessons[first]))
    audit(work, ward_id, None, "schedule.seeded", CONTENT)
    key = work.seal.lookup("broadcast", NOBODY.address)
    add_schedule(work, ward_id, CONTENT, Outgoing(), rule, LATE_HOURS, key, NOBODY, None)


def lesson_due(work: Work, lessons: Lessons, ward_id: int) -> str:
    """The lesson that this ward's groups are to have next."""
    return next_given(list(lessons), rows.given_lessons(work, ward_id))


def take_back(work: Work, broadcast_id: int) -> list[tuple[int, int]]:
    """It was withdrawn, or never left: it counts as not given. The groups that have its questions, and their rows."""
    posted = rows.questions_posted(work, broadcast_id)
    recall_rows(work, [row for _, row in posted])
    rows.forget_given(work, broadcast_id)
    return posted


# --- pictures


def digest_of(lesson: Lesson) -> str:
    """What a picture depends on: it is made anew when the lesson is worded anew."""
    return hashlib.sha256(msgspec.json.encode((lesson.title, lesson.points, lesson.practice))).hexdigest()


def picture_key(content: Content, lessons: Lessons, ward_id: int | None, name: str) -> str:
    """What a picture is kept under: a ward with lessons of its own has its own pictures, which also say `bài 3/15`."""
    return name if lessons is content.everywhere.lessons else f"{name}@{ward_id}"


def pictured(work: Work, content: Content, key: str) -> tuple[Lessons, str]:
    """The lessons that a kept picture is of, and the name of its lesson."""
    name, _, ward = key.partition("@")
    return content.of(work, int(ward) if ward else None).lessons, name


def picture_of(work: Work, vault: Vault, content: Content, ward_id: int | None, name: str) -> str:
    """The file in the vault, where it was made; else it is wanted from now on, and there is none yet."""
    lessons = content.of(work, ward_id).lessons
    key = picture_key(content, lessons, ward_id, name)
    digest, found = digest_of(lessons[name]), pictures.find_picture(work, key)
    if found and found.digest == digest and (not found.file or vault.has(found.file)):
        return found.file or ""
    if found and found.file:
        work.remind(f"erase-copy:{found.file}", work.now + FILES_LAST)
    pictures.want_picture(work, key, digest)
    return ""


def want_due(work: Work, vault: Vault, content: Content) -> None:
    """The pictures of the lessons that wards with a weekly lesson are to have next, and those that failed before."""
    pictures.retry_pictures(work)
    for ward_id in wards_with(work, CONTENT):
        picture_of(work, vault, content, ward_id, lesson_due(work, content.of(work, ward_id).lessons, ward_id))


# --- in numbers


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """A group: how many learn (none where they are too few to be told), and percent of right answers; its last quiz."""

    name: str
    people: int | None
    right: int
    voters: int | None
    voted_right: int


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit's officers: how many there are, have begun and have finished; none told where they are too few.

    `share` is percent of all that have finished, as far as that is told.
    """

    officers: int
    begun: int | None
    done: int | None
    share: int | None


def group_progress(work: Work, ward_id: int) -> list[GroupProgress]:
    """Every linked group of a ward."""
    counts = {one.group_id: one for one in rows.counts_by_group(work, ward_id)}
    votes = {one.group_id: one for one in rows.votes_by_group(work, ward_id)}
    nothing = rows.GroupCount(0, 0, 0, 0)
    return [
        progress_of(group.name, counts.get(group.id, nothing), votes.get(group.id, nothing))
        for group in groups_of(work, ward_id)
    ]


def progress_of(name: str, learners: rows.GroupCount, voters: rows.GroupCount) -> GroupProgress:
    """Numbers as they may be told."""
    people, voted = told_count(learners.people), told_count(voters.people)
    return GroupProgress(
        name,
        people,
        share_right(learners.right, learners.answers) if people else 0,
        voted,
        share_right(voters.right, voters.answers) if voted else 0,
    )


def unit_progress(work: Work, lessons: Lessons, ward_id: int, officers: int) -> UnitProgress:
    """A unit of so many officers; of more where more have begun."""
    begun, done = rows.count_officers(work, ward_id, list(lessons))
    officers, told = max(officers, begun), told_count(done)
    return UnitProgress(officers, told_count(begun), told, share_right(told, officers) if told is not None else None)


def unit_size(work: Work, rules: Rules, ward_id: int, members: int) -> int:
    """How many officers a unit has: as the ward says, else everybody at its desk but the bot."""
    return int(number_of(work, rules, ward_id, "unit_officers")) or max(0, members - 1)
