"""`/baihoc` in private: a lesson, three questions, told why; resumed where it was left, days later too."""

from bot.context import Context
from bot.domain.learning import QUESTIONS, Course, Lesson, Question
from bot.domain.markup import escape
from bot.messages import Attachment, Button, MediaKind, Outgoing
from bot.routing import Router
from bot.services import lessons
from bot.services.lessons import Verdict
from bot.texts import Html
from data.chiefs import note_private
from data.people import remember_person
from data.places import Group, Spot
from handlers.local import local, ward_of
from handlers.ways import say_with_way

PAGE = 8
BAR = 10  # squares
Row = tuple[Button, ...]


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("baihoc", "lesson", spots=Spot.PRIVATE, plain=True)(go_on)
    router.phrase("bài học", "baihoc", "học bài", "giờ học")(go_on)
    router.command("baihoc", "lesson", spots=Spot.GROUP)(in_private)
    router.button("lesson", spots=Spot.PRIVATE)(show_chosen)
    router.button("lesson-quiz", spots=Spot.PRIVATE)(start_quiz)
    router.button("lesson-answer", spots=Spot.PRIVATE)(answer)
    router.button("lesson-list", spots=Spot.PRIVATE)(show_list)
    router.button("lesson-stop", spots=Spot.PRIVATE)(stop)


def in_private(context: Context) -> None:
    """Everybody learns at their own pace."""
    say_with_way(context, "lesson.in_private")


# --- where somebody is


def go_on(context: Context) -> None:
    """`/baihoc`: the next lesson, or the question that was left open; `/baihoc 5`, that lesson."""
    note_private(context.work, context.speaker)
    names = list(local(context).lessons)
    if context.words.strip().isdecimal():
        number = int(context.words.strip()[:6])
        show_lesson(context, names[number - 1] if 1 <= number <= len(names) else "")
        return
    name, question = lessons.resume(context.work, local(context).lessons, context.speaker)
    if not name:
        show_end(context)
    elif question:
        asked = local(context).lessons[name].quiz[question]
        head = context.say("lesson.resumed", number=number_of(context, name), progress=progress(context))
        ask(context, name, question, asked, head)
    else:
        show_lesson(context, name)


def go_on_in(context: Context, group: Group) -> None:
    """By the link under a lesson in a group: its neighbour, and the course."""
    remember_person(context.work, context.speaker, ward_id=group.ward_id, group_id=group.id)
    go_on(context)


def course(context: Context) -> Course:
    """How far whoever speaks is."""
    return lessons.course_of(context.work, local(context).lessons, context.speaker)


def number_of(context: Context, name: str) -> int:
    """A lesson's number in the row."""
    return list(local(context).lessons).index(name) + 1


def progress(context: Context) -> Html:
    """`▰▰▱▱ đã xong 5/14 bài`."""
    mine = course(context)
    done, total = len(mine.done), len(mine.lessons)
    filled = round(BAR * done / total)
    return Html(context.say("lesson.progress", bar="▰" * filled + "▱" * (BAR - filled), done=done, total=total))


# --- one lesson


def show_chosen(context: Context) -> None:
    """One was chosen."""
    show_lesson(context, context.args[0] if context.args else "")


def show_lesson(context: Context, name: str) -> None:
    """What it teaches, with its picture, and the way to its questions."""
    lesson = lessons.open_lesson(context.work, local(context).lessons, context.speaker, name)
    label = "lesson.again" if name in course(context).done else "lesson.quiz"
    quiz = (context.button(label, "lesson-quiz", name),)
    others = (context.button("lesson.list", "lesson-list", 0), context.button("lesson.stop", "lesson-stop"))
    html = lesson_words(context, name, lesson)
    want_next(context, name)
    message = Outgoing(
        html=html, buttons=(quiz, others), attachments=pictures(context, name), language=context.language
    )
    context.answer(message)


def lesson_words(context: Context, name: str, lesson: Lesson) -> str:
    """A lesson as it stands in a message."""
    points = Html("\n".join(f"• {escape(point)}" for point in lesson.points))
    total = len(local(context).lessons)
    return context.say(
        "lesson.card", number=number_of(context, name), total=total, title=lesson.title, points=points,
        practice=lesson.practice, source=lesson.source, date=f"{lesson.checked:%d/%m/%Y}",
    )  # fmt: skip


def pictures(context: Context, name: str) -> tuple[Attachment, ...]:
    """The picture, once it was made: nobody waits for it."""
    work, around = context.work, context.around
    file = lessons.picture_of(work, around.vault, around.content, ward_of(context), name)
    return (Attachment(MediaKind.PHOTO, name=f"{name}.png", mime="image/png", stored=file),) if file else ()


def want_next(context: Context, name: str) -> None:
    """The picture of the next lesson is made while this one is read."""
    if following := course(context).after(name):
        pictures(context, following)


# --- its questions


def start_quiz(context: Context) -> None:
    """The first question without an answer; of a finished lesson the right answers, once more."""
    name = context.args[0] if context.args else ""
    lesson = lessons.open_lesson(context.work, local(context).lessons, context.speaker, name)
    number = course(context).next_question(name)
    if number == QUESTIONS:
        review(context, name, lesson)
    else:
        ask(context, name, number, lesson.quiz[number], "")


def ask(context: Context, name: str, number: int, question: Question, head: str) -> None:
    """One question with its choices; `head` is what was said of the one before."""
    data = [f"lesson-answer:{name}:{number}:{place}" for place in range(1, len(question.choices) + 1)]
    html = context.say("lesson.question", number=number + 1, total=QUESTIONS, ask=question.ask)
    if context.can.buttons:  # these are narrow: the choices stand above, as elsewhere they would be numbered anyway
        html += "".join(f"\n{place}. {escape(choice)}" for place, choice in enumerate(question.choices, 1))
        rows: tuple[Row, ...] = (tuple(Button(str(place), one) for place, one in enumerate(data, 1)),)
    else:
        rows = tuple((Button(choice, one),) for choice, one in zip(question.choices, data, strict=True))
    context.answer(context.spoken("\n\n".join(filter(None, [head, html])), *rows))


def answer(context: Context) -> None:
    """Right or not, why, and what comes next."""
    name, number, choice = context.args if len(context.args) == 3 else ("", "", "")
    said = [int(one) if one.isdecimal() and len(one) < 3 else -1 for one in (number, choice)]
    verdict = lessons.answer(context.work, local(context).lessons, context.speaker, name, *said)
    head = verdict_words(context, verdict)
    if verdict.next < QUESTIONS:
        ask(context, name, verdict.next, local(context).lessons[name].quiz[verdict.next], head)
    else:
        finish(context, name, head)


def verdict_words(context: Context, verdict: Verdict) -> str:
    """Right, or what would have been."""
    key = "lesson.right" if verdict.right else "lesson.wrong"
    return context.say(key, answer=verdict.question.right, why=verdict.question.why)


def finish(context: Context, name: str, head: str) -> None:
    """A lesson is done: how many were right, how far the course is, and the next one."""
    mine = course(context)
    html = context.say(
        "lesson.finished", number=number_of(context, name), right=mine.score(name), total=QUESTIONS,
        progress=progress(context),
    )  # fmt: skip
    following = mine.after(name)
    if following is None:
        context.reply(
            "lesson.all_done", (context.button("lesson.list", "lesson-list", 0),), head=Html(f"{head}\n\n{html}")
        )
        return
    more = (context.button("lesson.next", "lesson", following), context.button("lesson.stop", "lesson-stop"))
    context.answer(context.spoken(f"{head}\n\n{html}", more))


def review(context: Context, name: str, lesson: Lesson) -> None:
    """The questions of a finished lesson with their right answers."""
    lines = [context.say("lesson.review_line", ask=q.ask, answer=q.right, why=q.why) for q in lesson.quiz]
    following = course(context).after(name)
    more = (context.button("lesson.next", "lesson", following),) if following else ()
    others = (context.button("lesson.list", "lesson-list", 0),)
    context.reply("lesson.review", *([more] if more else []), others, lines=Html("\n".join(lines)))


# --- the list, the end


def show_list(context: Context) -> None:
    """Every lesson, some at a time; done ones are marked."""
    content, done = local(context).lessons, set(course(context).done)
    names = list(content)
    start = context.number if context.number < len(names) else 0
    rows = [
        (Button(f"{'✅ ' if name in done else ''}{content[name].title}", f"lesson:{name}"),)
        for name in names[start : start + PAGE]
    ]
    more = [(context.button("lesson.more", "lesson-list", start + PAGE),)] if start + PAGE < len(names) else []
    context.reply("lesson.which", *rows, *more, progress=progress(context))


def show_end(context: Context) -> None:
    """Nothing is left to learn."""
    context.reply("lesson.all_done", (context.button("lesson.list", "lesson-list", 0),), head=progress(context))


def stop(context: Context) -> None:
    """Enough for today."""
    context.reply("lesson.stopped", progress=progress(context))
