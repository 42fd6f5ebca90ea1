"""The words by which a reporter goes on with a tip from another account; kept only as a keyed hash."""

import hmac

import msgspec
from sqlalchemy import select, update

from bot.domain.codes import passphrase, tidy
from bot.messages import Outgoing, Person
from data import tables as t
from data.outbox import drop_rows
from data.reporters import Informant, change_reporter, informant_of, place_of
from data.tips import Tip, note_event, tip_by_code
from data.unit_of_work import Work

NO_HASH = "0" * 32


def give_phrase(work: Work, tip: Tip) -> str:
    """New words for a tip, to be shown once; older ones no longer count."""
    phrase = passphrase()
    work.run(update(t.tips).where(t.tips.c.id == tip.id).values(pass_key=key_of(work, tip.id, phrase)))
    return phrase


def tip_of_phrase(work: Work, code: str | None, phrase: str) -> Tip | None:
    """The tip that both belong to. A wrong code costs what wrong words cost."""
    tip = tip_by_code(work, code or "")
    row = work.one(select(t.tips.c.pass_key).where(t.tips.c.id == (tip.id if tip else 0)))
    kept = (row.pass_key if row else None) or NO_HASH
    fits = hmac.compare_digest(kept, key_of(work, tip.id if tip else 0, phrase))
    return tip if fits and tip is not None and informant_of(work, tip) is not None else None


def key_of(work: Work, tip_id: int, phrase: str) -> str:
    """The hash of a tip's words, however they were typed."""
    return work.seal.lookup("pass", f"{tip_id} {tidy(phrase)}")


def hand_over(work: Work, tip: Tip, person: Person) -> Informant | None:
    """This account is the tip's reporter now; who was. Nothing is ever said to the account before: who holds it?"""
    before = informant_of(work, tip)
    change_reporter(work, tip, person)
    note_event(work, tip, "continued elsewhere")
    redirect(work, tip)
    return before


def redirect(work: Work, tip: Tip) -> None:
    """What still waits for a tip's reporter goes to where they are now."""
    informant = informant_of(work, tip)
    query = select(t.outbox.c.id, t.outbox.c.sealed, t.outbox.c.about)
    rows = work.all(query.where(t.outbox.c.tip_id == tip.id, t.outbox.c.state == "waiting"))
    for row in rows:
        message = msgspec.json.decode(work.seal.unseal(row.sealed, "outbox"), type=Outgoing)
        if informant is not None:
            work.post(message, place_of(informant, tip), about=row.about)
    drop_rows(work, [row.id for row in rows])
