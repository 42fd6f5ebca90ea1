"""`Đính chính` of a bulletin: one section in new words, typeset anew, shown with its new picture, then approved."""

from dataclasses import replace

from bot.context import Context, Need
from bot.domain.bulletins import Section, noted
from bot.domain.impersonal import SOMEBODY
from bot.errors import Refused
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import bulletin_correcting, bulletins, correcting, editions
from data.broadcasts import Broadcast
from data.bulletins import Bulletin
from data.places import Spot
from data.sheets import Correction, Job
from handlers.broadcasts import check_length
from handlers.bulletin_words import name_of, named_in, picture_of, plainly, room_for, sent_html, sheet_of, words_of
from handlers.correcting import ask_approval
from handlers.desk_words import gives_up, quoted, without_command
from handlers.spreading import live


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("correct-section", spots=Spot.DESK, needs=Need.STANDING)(ask_words)
    router.reply_to("correct-words", spots=Spot.DESK, needs=Need.STANDING)(hear_words)


def pointed_at(context: Context) -> tuple[Broadcast, Bulletin, Section]:
    """The broadcast, its bulletin and the section of a button or a reply, for its author or a chief."""
    number = context.args[1] if len(context.args) > 1 else ""
    if not number.isdecimal() or len(number) > 4:
        raise Refused("stale")
    broadcast = live(context, *editions.LIVE)
    return broadcast, *bulletin_correcting.section_at(context.work, broadcast, int(number))


def ask_words(context: Context) -> None:
    """A section was chosen: the answer is its right words."""
    broadcast, _, section = pointed_at(context)
    ask_about(context, broadcast, section, "correct.ask_words")


def ask_about(context: Context, broadcast: Broadcast, section: Section, key: str) -> None:
    """The section as it is now; the answer remembers which words it was about."""
    about = f"correct-words:{broadcast.id}:{section.id}:{bulletins.mark_of(section)}"
    context.ask(about, key, text=quoted(f"{section.title}\n{words_of(context, section)}", 2000))


def hear_words(context: Context) -> None:
    """The right words: typeset first, since the picture is part of what is to be approved."""
    broadcast, bulletin, section = pointed_at(context)
    if gives_up(context.event.text):
        context.reply("correct.given_up")
        return
    if context.args[2:] != (bulletins.mark_of(section),):
        ask_about(context, broadcast, section, "bulletin.changed_meanwhile")
        return
    sections, right = bulletin_correcting.corrected(bulletin, section, without_command(context.event.text))
    line = plainly(context, "bulletin.corrected_line", date=f"{context.now:%d/%m/%Y}", title=right.title)
    wish = bulletin_correcting.wish_for(broadcast, bulletin, noted(sections, context.say("bulletin.corrected"), line))
    following = replace(bulletin, sections=wish.sections)
    check_length(context, message_with(context, broadcast, following, "-"), asks_read=broadcast.manner.asks_read)
    bulletins.typeset(context.work, following, "correct", sheet_of(context, following), context.speaker, wish)
    context.reply("bulletin.making")


def message_with(context: Context, broadcast: Broadcast, bulletin: Bulletin, picture: str) -> Outgoing:
    """What every copy is to say and show."""
    html = sent_html(context, bulletin, room_for(context, asks_read=broadcast.manner.asks_read))
    return correcting.corrected_message(broadcast, html, (picture_of(bulletin, picture),))


def propose(context: Context, bulletin: Bulletin, job: Job, wish: Correction) -> None:
    """Its picture is made, or could not be: then nothing has changed."""
    broadcast = bulletin_correcting.still_wanted(context.work, bulletin, wish)
    if broadcast is None or not job.files:
        for file in job.files.values():
            context.work.remind(f"erase-copy:{file}", context.work.now)
        context.tell_desk("correct.unmade" if broadcast else "correct.overtaken", name=name_of(context, bulletin))
        return
    following = replace(bulletin, sections=wish.sections)
    message = message_with(context, broadcast, following, job.files["picture"])
    by = context.speaker
    proposed = bulletin_correcting.propose(context.work, broadcast, by, message, bulletin, wish.sections)
    ask_approval(context, proposed, message)
    if what := named_in(context, following, SOMEBODY):
        context.tell_desk("correct.names_somebody", what=what)
