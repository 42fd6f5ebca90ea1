"""Who is where in the course, what was answered, which lessons went out. People are keyed hashes here, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, delete, distinct, func, insert, select, update

from bot.domain.learning import QUESTIONS, Answered
from bot.messages import Person
from data import tables as t
from data.unit_of_work import Work


def key_of(work: Work, person: Person) -> str:
    """Somebody as a learner, in this room only."""
    return work.seal.lookup("learner", person.address)


# --- one learner


def remember_learner(work: Work, person: Person, **values: object) -> None:
    """Where somebody is: lesson, ward_id, group_id, officer."""
    key = key_of(work, person)
    changed = update(t.learners).where(t.learners.c.person_key == key).values(values | {"learned_at": work.now})
    if work.run(changed).rowcount == 0:
        work.run(insert(t.learners).values(values | {"person_key": key, "learned_at": work.now}))


def current_lesson(work: Work, person: Person) -> str | None:
    """The lesson somebody had open last."""
    query = select(t.learners.c.lesson).where(t.learners.c.person_key == key_of(work, person))
    return work.run(query).scalar()


def answers_of(work: Work, person: Person) -> list[Answered]:
    """What somebody has answered."""
    table = t.lesson_answers
    query = select(table.c.lesson, table.c.question, table.c.right).where(table.c.person_key == key_of(work, person))
    return [Answered(*row) for row in work.all(query)]


def note_answer(work: Work, person: Person, answered: Answered) -> None:
    """The first answer to a question is kept."""
    values = {"lesson": answered.lesson, "question": answered.question, "right": answered.right}
    work.run(insert(t.lesson_answers).values(values | {"person_key": key_of(work, person), "at": work.now}))


def forget_learner(work: Work, person: Person) -> None:
    """Everything about one learner."""
    for table in (t.lesson_answers, t.learners):
        work.run(delete(table).where(table.c.person_key == key_of(work, person)))


def end_officer(work: Work, ward_id: int, person: Person) -> None:
    """Somebody is no officer of this ward any more."""
    mine = (t.learners.c.person_key == key_of(work, person)) & (t.learners.c.ward_id == ward_id)
    work.run(update(t.learners).where(mine).values(officer=False))


def is_officer(work: Work, person: Person) -> bool:
    """Whether somebody counts for a unit."""
    query = select(t.learners.c.officer).where(t.learners.c.person_key == key_of(work, person))
    return bool(work.run(query).scalar())


# --- a ward


def given_lessons(work: Work, ward_id: int) -> list[str]:
    """The lessons that went to a ward's groups, oldest first."""
    table = t.lessons_given
    query = select(table.c.lesson).where(table.c.ward_id == ward_id).order_by(table.c.broadcast_id)
    return list(work.run(query).scalars())


def note_given(work: Work, ward_id: int, broadcast_id: int, lesson: str) -> None:
    """A lesson goes out."""
    values = {"ward_id": ward_id, "broadcast_id": broadcast_id, "lesson": lesson, "at": work.now}
    work.run(insert(t.lessons_given).values(values))


def given_by(work: Work, broadcast_id: int) -> str | None:
    """The lesson that a broadcast takes to its groups."""
    query = select(t.lessons_given.c.lesson).where(t.lessons_given.c.broadcast_id == broadcast_id)
    return work.run(query).scalar()


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many people of a group learn, and how many of their answers were right; polls apart."""

    group_id: int
    people: int
    right: int
    answers: int


def counts_by_group(work: Work, ward_id: int) -> list[GroupCount]:
    """What learners did in private, by the group they belong to."""
    answers, learners = t.lesson_answers, t.learners
    right = func.sum(case((answers.c.right, 1), else_=0))
    query = (
        select(learners.c.group_id, func.count(distinct(answers.c.person_key)), right, func.count())
        .join(learners, learners.c.person_key == answers.c.person_key)
        .where(learners.c.ward_id == ward_id, learners.c.group_id.is_not(None), learners.c.officer.is_(False))
        .group_by(learners.c.group_id)
    )
    return [GroupCount(*row) for row in work.all(query)]


def finished(ward_id: int, lessons: Sequence[str]) -> Select[tuple[str]]:
    """The officers of a ward who have answered every question of every lesson."""
    answers, learners = t.lesson_answers, t.learners
    return (
        select(answers.c.person_key)
        .join(learners, learners.c.person_key == answers.c.person_key)
        .where(learners.c.ward_id == ward_id, learners.c.officer.is_(True), answers.c.lesson.in_(lessons))
        .group_by(answers.c.person_key)
        .having(func.count() == len(lessons) * QUESTIONS)
    )


def count_officers(work: Work, ward_id: int, lessons: Sequence[str]) -> tuple[int, int]:
    """How many officers have begun, and how many of them have finished."""
    begun = select(func.count()).where(t.learners.c.ward_id == ward_id, t.learners.c.officer.is_(True))
    done = work.all(finished(ward_id, lessons))
    return int(work.run(begun).scalar() or 0), len(done)


# --- quizzes in groups


def note_quiz(work: Work, broadcast_id: int, group_id: int, posted: Sequence[int | None]) -> None:
    """These rows of the outbox take the questions of a lesson to a group, in order; none: it answers in private."""
    table = t.lesson_quizzes
    key = {"broadcast_id": broadcast_id, "group_id": group_id}
    work.run(insert(table), [key | {"question": number, "row_id": row} for number, row in enumerate(posted)])


def questions_posted(work: Work, broadcast_id: int) -> list[tuple[int, int]]:
    """(group, row of the outbox) of each question that was put to a group."""
    table = t.lesson_quizzes
    query = select(table.c.group_id, table.c.row_id).where(table.c.broadcast_id == broadcast_id)
    return [(row[0], row[1]) for row in work.all(query.where(table.c.row_id.is_not(None)))]


def forget_given(work: Work, broadcast_id: int) -> None:
    """This lesson counts as not given, and its questions as not asked."""
    for table in (t.lesson_quizzes, t.lessons_given):
        work.run(delete(table).where(table.c.broadcast_id == broadcast_id))


def note_polls(work: Work, polls: Mapping[int, str]) -> None:
    """The platform's names of these rows' polls."""
    table = t.lesson_quizzes
    for row, poll in polls.items():
        work.run(update(table).where(table.c.row_id == row).values(poll_key=poll_key(work, poll)))


def poll_key(work: Work, poll: str) -> str:
    """A poll, in this room only."""
    return work.seal.lookup("poll", poll)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put to a group."""

    broadcast_id: int
    group_id: int
    question: int
    lesson: str
    ward_id: int


def find_asked(work: Work, poll: str) -> Asked | None:
    """The question that a poll is."""
    quizzes, given = t.lesson_quizzes, t.lessons_given
    query = select(quizzes.c.broadcast_id, quizzes.c.group_id, quizzes.c.question, given.c.lesson, given.c.ward_id)
    query = query.join(given, given.c.broadcast_id == quizzes.c.broadcast_id)
    row = work.one(query.where(quizzes.c.poll_key == poll_key(work, poll)))
    return Asked(*row) if row else None


def note_votes(work: Work, asked: Asked, total: int, right: int) -> None:
    """How many have answered by now, and how many rightly."""
    table = t.lesson_quizzes
    this = (table.c.broadcast_id == asked.broadcast_id) & (table.c.group_id == asked.group_id)
    work.run(update(table).where(this, table.c.question == asked.question).values(total=total, right=right))


def unquizzed(work: Work, broadcast_id: int, limit: int) -> list[int]:
    """Groups to which the lesson was posted, and not yet its questions."""
    targets, quizzes = t.broadcast_targets, t.lesson_quizzes
    asked = select(quizzes.c.group_id).where(quizzes.c.broadcast_id == broadcast_id)
    query = select(targets.c.group_id).where(targets.c.broadcast_id == broadcast_id, targets.c.row_id > 0)
    return list(
        work.run(query.where(targets.c.group_id.not_in(asked)).order_by(targets.c.group_id).limit(limit)).scalars()
    )


def is_spreading(work: Work, broadcast_id: int) -> bool:
    """Whether the lesson itself is still to be posted somewhere."""
    targets = t.broadcast_targets
    query = select(targets.c.group_id).where(targets.c.broadcast_id == broadcast_id, targets.c.row_id.is_(None))
    return work.one(query.limit(1)) is not None


def votes_by_group(work: Work, ward_id: int) -> list[GroupCount]:
    """What the newest lesson's questions came to in each group: the most people of any of them."""
    quizzes, given = t.lesson_quizzes, t.lessons_given
    newest = select(func.max(given.c.broadcast_id)).where(given.c.ward_id == ward_id).scalar_subquery()
    query = select(
        quizzes.c.group_id, func.max(quizzes.c.total), func.sum(quizzes.c.right), func.sum(quizzes.c.total)
    ).where(quizzes.c.broadcast_id == newest)
    return [GroupCount(*row) for row in work.all(query.group_by(quizzes.c.group_id))]
