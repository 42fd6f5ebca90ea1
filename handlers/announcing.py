"""A bulletin for boards, loudspeakers and a page on a social network: words alone, from the same sections."""

from collections.abc import Sequence

from bot.context import Context
from bot.domain.aloud import fit_script, read_aloud, syllables
from bot.domain.brevity import led_line, sentences
from bot.domain.bulletins import Section
from bot.domain.impersonal import personal_in
from bot.domain.markup import plain
from data.bulletins import Bulletin
from handlers.bulletin_words import link_of, month_of, name_of, plainly, unit_of, words_of
from handlers.desk_words import desk_says

A_MINUTE = 180  # syllables, as an announcer reads
URGENT_NUMBERS = 3
ENDS = (".", "!", "?", "…")


def led_text(context: Context, bulletin: Bulletin) -> str:
    """Three lines in capitals: who speaks, what of, what never to give away."""
    values = {"unit": unit_of(context, bulletin), "name": name_of(context, bulletin)}
    lines = [
        plainly(context, "bulletin.led_text.first", **values),
        main_title(bulletin) or desk_says(context, "bulletin.led_text.middle"),
        desk_says(context, "bulletin.led_text.last"),
    ]
    return "\n".join(led_line(line) for line in lines)


def main_title(bulletin: Bulletin) -> str:
    """What it is mostly about: its scam, or what an officer put first; nothing where every title names somebody."""
    scams = [one for one in bulletin.sections if one.kind == "scam"]
    own = [one for one in bulletin.sections if one.kind not in ("counts", "numbers", "correction")]
    return next((one.title for one in [*scams, *own, *bulletin.sections] if not personal_in(one.title)), "")


def script(context: Context, bulletin: Bulletin) -> str:
    """What a loudspeaker says in about a minute."""
    matter = context.around.content.of(context.work, bulletin.ward_id).bulletin
    said = {kind: [one for one in bulletin.sections if one.kind == kind] for kind in ("counts", "numbers")}
    told = [one for one in bulletin.sections if one.kind not in said]
    lead, month = bulletin.number, bulletin.month.label
    opening = plainly(context, "bulletin.loa_text.opening", unit=unit_of(context, bulletin), number=lead, month=month)
    numbers = [numbers_said(context, one) for one in said["numbers"] if one.points]
    must = [opening, *numbers, desk_says(context, "bulletin.loa_text.ending")]
    may = [counts_said(context, one) for one in said["counts"] if one.points]
    reworded = [one for kind in ("numbers", "counts") for one in said[kind] if not one.points]
    may += [sentence for one in [*told, *reworded] for sentence in section_said(one)]
    aloud = [[read_aloud(one, matter.dialled, matter.spoken) for one in part] for part in (must, may, matter.fillers)]
    return "\n".join(ordered(fit_script(*aloud), len(numbers)))


def ordered(parts: Sequence[str], numbers: int) -> list[str]:
    """The emergency numbers stand before the ending, where they are remembered."""
    opening, rest = list(parts[:1]), list(parts[1:])
    return [*opening, *rest[numbers:-1], *rest[:numbers], *rest[-1:]]


def counts_said(context: Context, section: Section) -> str:
    """The counts in a sentence."""
    items = [plainly(context, "bulletin.loa_text.counts_item", kind=k.lower(), count=n) for k, n in section.points]
    return plainly(context, "bulletin.loa_text.counts", counts="; ".join(items))


def numbers_said(context: Context, section: Section) -> str:
    """The numbers that are needed most."""
    items = [
        plainly(context, "bulletin.loa_text.numbers_item", name=name.lower(), number=number)
        for number, name in section.points[:URGENT_NUMBERS]
    ]
    return plainly(context, "bulletin.loa_text.numbers", numbers="; ".join(items))


def section_said(section: Section) -> list[str]:
    """A section's sentences; its title begins the first. Whatever names somebody, or leads to them, is not said."""
    lines = [f"{name}: {words}" if name else words for name, words in section.points]
    said = [ended(one) for one in sentences("\n".join(filter(None, [*lines, section.text]))) if not personal_in(one)]
    if personal_in(section.title):
        return said
    return [f"{ended(section.title)} {said[0]}", *said[1:]] if said else [ended(section.title)]


def ended(sentence: str) -> str:
    """A sentence with its stop."""
    return sentence if sentence.endswith(ENDS) else sentence.rstrip(" ,;:") + "."


def seconds_of(text: str) -> int:
    """How long it takes to read."""
    return round(syllables(text) * 60 / A_MINUTE)


def caption(context: Context, bulletin: Bulletin) -> str:
    """Plain words for the page of the unit, with the way to the bot."""
    head = f"📰 {name_of(context, bulletin)} · {month_of(context, bulletin)}\n{unit_of(context, bulletin)}"
    parts = [f"🔹 {one.title}\n{words_of(context, one)}".strip() for one in bulletin.sections]
    endings = [plain(desk_says(context, f"bulletin.{key}")) for key in ("ending", "never")]
    link = link_of(context, bulletin)
    return "\n\n".join([head, *parts, "\n".join([*endings, *([link] if link else [])])])
