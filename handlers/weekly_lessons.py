"""The lesson of the week for a ward's groups, its questions there, and at the desk how far everybody is."""

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context, Need
from bot.domain.broadcasting import Status
from bot.domain.calendar import next_fire
from bot.domain.learning import Question
from bot.messages import Action, Button, EventKind, Outgoing, Priority, Quiz
from bot.routing import Router
from bot.services import broadcasts, lessons, schedules
from bot.services.lessons import GroupProgress
from bot.services.wards import code_of
from bot.texts import Html
from data.broadcasts import Broadcast, change, find_broadcast
from data.lessons import find_asked, given_by, is_spreading, note_given, note_quiz, note_votes, unquizzed
from data.places import Group, Here, Spot, group_by_id, ward_by_id
from data.schedules import schedules_of
from handlers.broadcast_words import dressed, rule_words
from handlers.broadcasts import ask, check_groups, check_officer
from handlers.course import lesson_words, number_of, pictures
from handlers.local import local

PART = 50
LOOK_AGAIN = 600.0  # s; a lesson that waits for the morning
NOT_YET = (Status.WAITING, Status.PAUSED)  # for the end of the quiet hours, or for an officer
AGAIN = 5.0  # s until it is looked again whether the lesson has been posted everywhere


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("baihoc", "lesson", spots=Spot.DESK, needs=Need.STANDING | Need.CHAT)(show_progress)
    router.button("schedule-lessons", spots=Spot.DESK, needs=Need.STANDING)(offer)
    router.button("lesson-enrol", spots=Spot.DESK, needs=Need.STANDING)(enrol)
    router.clock("lesson-quiz")(give_questions)
    router.on(EventKind.POLL, spots=Spot.STRANGER)(count_votes)


# --- the schedule


def offer(context: Context) -> None:
    """`Giờ học kỹ năng số hằng tuần`: like any other broadcast, another chief approves it."""
    check_officer(context)
    work, ward = context.work, context.ward
    lessons.check_no_schedule(work, ward)
    check_groups(context, ward)
    message = lesson_now(context)
    draft = broadcasts.draft(work, ward, context.speaker, replace(message, attachments=()), lessons.CONTENT)
    shown = work.post(dressed(context, message, emergency=False), context.place)
    draft = change(work, draft, preview_row=shown)
    rule = lessons.weekly_rule(work, context.around.content.rules, ward.id)
    ask(context, broadcasts.ask_approval(work, draft, context.speaker, rule, schedules.LATE_HOURS))


def lesson_now(context: Context) -> Outgoing:
    """The lesson that this ward's groups are to have next, with its picture once that was made."""
    content = local(context).lessons
    name = lessons.lesson_due(context.work, content, context.ward.id)
    html = f"{lesson_words(context, name, content[name])}\n{context.say('lesson.group_end')}"
    return Outgoing(html=html, attachments=pictures(context, name))


def follow(context: Context, broadcast: Broadcast) -> None:
    """The lesson is under way: its questions come after it."""
    content = local(context).lessons
    name = lessons.lesson_due(context.work, content, broadcast.ward_id)
    note_given(context.work, broadcast.ward_id, broadcast.id, name)
    context.work.remind(f"lesson-quiz:{broadcast.id}", context.work.now)
    pictures(context, lessons.lesson_due(context.work, content, broadcast.ward_id))  # next week's is wanted


# --- its questions


def give_questions(context: Context) -> None:
    """To the groups that have the lesson; again for those that are still to have it."""
    work, number = context.work, context.number
    name, broadcast = given_by(work, number) or "", find_broadcast(work, number)
    if broadcast is None:
        return
    context.here = Here(Spot.DESK, ward_by_id(work, broadcast.ward_id))
    if name not in local(context).lessons:
        return
    if broadcast.status in NOT_YET:
        work.remind(f"lesson-quiz:{number}:waits", work.now + LOOK_AGAIN)
        return
    if broadcast.status == Status.CANCELLED:  # in the night: it is next week's again
        lessons.take_back(work, number)
        return
    part = unquizzed(work, number, PART)
    for group_id in part:
        group = group_by_id(work, group_id)
        note_quiz(work, number, group_id, post_questions(context, group, name) if group else [None])
    if len(part) == PART or is_spreading(work, number):
        work.remind(f"lesson-quiz:{number}:{part[-1] if part else 0}", work.now + (0.0 if part else AGAIN))


def taken_back(context: Context, broadcast: Broadcast) -> None:
    """The lesson was withdrawn: its questions go as well, and it may be given again."""
    for group_id, row in lessons.take_back(context.work, broadcast.id):
        if group := group_by_id(context.work, group_id):
            gone = Outgoing(Action.DELETE, optional=True)
            context.work.post(gone, group.place, Priority.BROADCAST, target_row=row)


def post_questions(context: Context, group: Group, name: str) -> Sequence[int | None]:
    """Quizzes where the platform has them; else where a group answers: in private, at everybody's own pace."""
    platform = context.around.platforms.get(group.place.platform)
    if platform is None:
        return [None]
    if platform.capabilities.quizzes:
        quizzes = [quiz_of(question) for question in local(context).lessons[name].quiz]
        return [context.work.post(Outgoing(quiz=one), group.place, Priority.BROADCAST) for one in quizzes]
    url = platform.private_link(f"h{group.id}")
    button = ((Button(context.say("lesson.quiz_open"), url=url),),) if url else ()
    html = context.say("lesson.quiz_private", number=number_of(context, name)) + way_words(context, group)
    context.work.post(Outgoing(html=html, buttons=button), group.place, Priority.BROADCAST)
    return [None]


def way_words(context: Context, group: Group) -> str:
    """Whom to write to and what to type, where no link leads there."""
    platform = context.around.platforms[group.place.platform]
    if platform.private_link("start"):
        return ""
    name, code = platform.mention.removeprefix("@"), code_of(context.work, group)
    return "\n" + context.say("lesson.how_private", bot=name, code=code)


def quiz_of(question: Question) -> Quiz:
    """A question as a platform shows it."""
    return Quiz(question.ask, tuple(question.choices), question.answer - 1, question.why)


def count_votes(context: Context) -> None:
    """Somebody has answered in a group: only how many is known, and how many rightly."""
    poll, *counts = context.event.data.split(":")
    asked = find_asked(context.work, poll)
    lesson = context.around.content.of(context.work, asked.ward_id).lessons.get(asked.lesson) if asked else None
    if asked is None or lesson is None or not all(one.isdecimal() for one in counts):
        return
    votes = [int(one) for one in counts]
    answer = lesson.quiz[asked.question].answer
    if len(votes) == len(lesson.quiz[asked.question].choices):
        note_votes(context.work, asked, sum(votes), votes[answer - 1])


# --- how far everybody is


def show_progress(context: Context) -> None:
    """`/baihoc` at the desk."""
    check_officer(context)
    content = local(context).lessons
    name = lessons.lesson_due(context.work, content, context.ward.id)
    groups = [group_words(context, one) for one in lessons.group_progress(context.work, context.ward.id)]
    context.reply(
        "lesson.desk",
        *desk_buttons(context),
        schedule=Html(schedule_words(context)),
        number=number_of(context, name),
        title=content[name].title,
        groups=Html("\n".join(groups) or context.say("lesson.no_groups")),
        officers=Html(officer_words(context)),
    )


def desk_buttons(context: Context) -> list[tuple[Button, ...]]:
    """An officer learns too; the weekly lesson, where there is none."""
    url = context.platform.private_link("baihoc")
    learn = [context.button("lesson.enrol", "lesson-enrol")]
    rows = [(*learn, Button(context.say("lesson.open_private"), url=url)) if url else tuple(learn)]
    if not has_schedule(context):
        rows.append((context.button("schedule.lessons", "schedule-lessons"),))
    return rows


def has_schedule(context: Context) -> bool:
    """Whether lessons go out every week."""
    return any(one.content == lessons.CONTENT for one in schedules_of(context.work, context.ward.id))


def schedule_words(context: Context) -> str:
    """When lessons go out."""
    for one in schedules_of(context.work, context.ward.id):
        if one.content == lessons.CONTENT and next_fire(one.rule, context.work.now, context.around.settings.zone):
            return context.say("lesson.scheduled", when=rule_words(context, one.rule, context.work.now))
    return context.say("lesson.unscheduled")


def group_words(context: Context, group: GroupProgress) -> str:
    """One group; too few people are not counted."""
    right = context.say("lesson.right_share", share=group.right) if group.people else ""
    if group.voters:
        polls = context.say("lesson.polls_line", count=group.voters, share=group.voted_right)
    else:
        polls = context.say("lesson.polls_none")
    people = count_words(context, group.people)
    return context.say("lesson.group_line", group=group.name, people=people, right=right, polls=polls)


def count_words(context: Context, count: int | None) -> str:
    """A number of people as it may be told."""
    if count is None:
        return context.say("lesson.few")
    return context.say("lesson.people", count=count) if count else context.say("lesson.nobody")


def officer_words(context: Context) -> str:
    """The unit against its target."""
    work, content, ward_id = context.work, context.around.content, context.ward.id
    size, ours = lessons.unit_size(work, content.rules, ward_id, context.facts.chat.members), local(context)
    unit, target = lessons.unit_progress(work, ours.lessons, ward_id, size), ours.target
    return context.say(
        "lesson.officers_line",
        done=count_words(context, unit.done),
        begun=count_words(context, unit.begun),
        officers=unit.officers,
        share=Html(context.say("lesson.share", share=unit.share) if unit.share is not None else ""),
        target=round(100 * target.share),
        by=f"{target.by:%d/%m/%Y}",
        source=target.source,
    )


def enrol(context: Context) -> None:
    """`Tôi học`: an officer counts for the unit from now on."""
    check_officer(context)
    lessons.enrol_officer(context.work, context.ward, context.speaker)
    context.notice = context.say("lesson.enrolled")
