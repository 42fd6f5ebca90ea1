"""What the pacer promises, one claim a test. Scenarios under load are in test_pacer_load.py."""

from dataclasses import replace
from itertools import count

import pytest

from bot.delivery.gates import ChatGate
from bot.delivery.lanes import Chat, Turns
from bot.delivery.pacer import Limits, Pacer, Row
from bot.delivery.rota import WardQueue
from bot.delivery.windows import RoundTrips
from bot.messages import Priority

EMERGENCY, ANSWER, RELAY, BROADCAST = Priority
ids = count(1)


def row(chat: str, priority: Priority = RELAY, *, ward: int = 1, group: bool = True, **more) -> Row:
    return Row(next(ids), chat, ward, priority, group, **more)


def pacer_with(*rows: Row, limits: Limits | None = None) -> Pacer:
    pacer = Pacer(limits or Limits())
    for each in rows:
        pacer.add(each, 0.0)
    return pacer


def sends(pacer: Pacer, now: float, answer_after: float = 0.08) -> Row:
    """The next message, answered at once."""
    (taken,) = pacer.take(now)
    pacer.done(taken.chat, now + answer_after)
    return taken


def test_an_emergency_goes_before_answers_and_those_before_relays_and_broadcasts():
    last, third, first, second = (row(f"g{p}", p) for p in (BROADCAST, RELAY, EMERGENCY, ANSWER))
    pacer = pacer_with(last, third, first, second)
    assert [sends(pacer, 0.0) for _ in range(4)] == [first, second, third, last]


def test_a_chat_has_one_message_in_flight():
    first, second = row("g"), row("g")
    pacer = pacer_with(first, second, limits=Limits(0, 0, 0))
    assert pacer.take(0.0) == (first,)
    assert pacer.take(5.0) == ()
    assert pacer.wake_at(5.0) is None
    pacer.done("g", 5.0)
    assert pacer.take(5.0) == (second,)


def test_wards_take_turns_whatever_the_size_of_their_broadcasts():
    pacer = pacer_with(*(row(f"a{n}", ward=1) for n in range(4)), row("b", ward=2), row("c", ward=3))
    assert [sends(pacer, 0.0).ward for _ in range(6)] == [1, 2, 3, 1, 1, 1]


def test_small_traffic_is_not_smoothed():
    pacer = pacer_with(*(row(f"g{n}") for n in range(15)))
    assert all(pacer.take(0.0) for _ in range(15))


def test_bulk_is_spread_evenly_and_an_answer_passes_between():
    pacer = pacer_with(*(row(f"g{n}", BROADCAST) for n in range(100)))
    assert len(pacer.take(0.0)) == 1
    assert pacer.take(0.0) == ()
    assert 0.0 < pacer.wake_at(0.0) < 0.05
    answer = row("an", ANSWER, group=False)
    pacer.add(answer, 0.0)
    assert pacer.take(0.0) == (answer,)


def test_before_much_is_learnt_a_second_counts_from_the_answer():
    pacer = pacer_with(row("an", group=False), row("an", group=False))
    sends(pacer, 0.0, answer_after=0.3)
    assert 1.27 < pacer.wake_at(0.3) <= 1.3


def test_a_learnt_round_trip_shortens_the_wait_but_never_to_a_second_after_departure():
    pacer = Pacer(Limits())
    for n in range(500):
        pacer.add(row(f"p{n}", group=False), n)
        sends(pacer, n)
    pacer.add(row("an", group=False), 600.0)
    pacer.add(row("an", group=False), 600.0)
    sends(pacer, 600.0)
    assert 601.0 < pacer.wake_at(600.1) < 601.02


def test_a_row_waits_until_it_is_due_and_its_lane_with_it():
    first, behind = row("g", due=9.0), row("g")
    pacer = pacer_with(first, behind)
    assert pacer.take(0.0) == ()
    assert pacer.wake_at(0.0) == 9.0
    assert pacer.take(9.0) == (first,)


def test_a_free_row_passes_a_full_second_but_keeps_its_place_in_the_lane():
    pacer = pacer_with(*(row(f"g{n}", EMERGENCY) for n in range(31)))
    while pacer.take(0.0):
        pass
    deletion = row("h", free=True)
    pacer.add(deletion, 0.0)
    assert pacer.take(0.0) == (deletion,)
    pacer.add(row("h", free=True), 0.0)
    assert pacer.take(0.0) == ()


def test_a_newer_edit_takes_the_place_of_the_waiting_one():
    old, behind, new = row("g", coalesce="card"), row("g"), row("g", coalesce="card")
    pacer = pacer_with(old, behind, limits=Limits(0, 0, 0))
    assert pacer.add(new, 0.0) == old.id
    assert [sends(pacer, 0.0) for _ in range(2)] == [new, behind]
    assert pacer.waiting() == 0


def test_an_edit_in_flight_is_not_superseded():
    old, new = row("g", coalesce="card"), row("g", coalesce="card")
    pacer = pacer_with(old, limits=Limits(0, 0, 0))
    pacer.take(0.0)
    assert pacer.add(new, 0.0) is None
    pacer.later("g", 0.0, 0.0)
    assert [sends(pacer, 0.0) for _ in range(2)] == [old, new]


def test_in_a_busy_group_one_card_is_not_edited_again_at_once_and_what_is_said_goes_first():
    pacer = Pacer(Limits())
    for n in range(10):
        pacer.remember("desk", True, float(n))
    pacer.add(row("desk", coalesce="card"), 20.0)
    sends(pacer, 20.0)
    again, answer = row("desk", coalesce="card"), row("desk", ANSWER)
    for each in (again, answer):
        pacer.add(each, 21.0)
    assert sends(pacer, 22.0) == answer
    assert pacer.take(26.0) == ()
    assert 26.0 < pacer.wake_at(26.0) < 20.0 + 2 * 60.0 / 18 + 0.1
    assert sends(pacer, 27.0) == again


def test_what_somebody_pressed_is_shown_at_once_and_takes_the_place_of_what_only_counts_up():
    pacer = Pacer(Limits())
    for n in range(10):
        pacer.remember("desk", True, float(n))
    pacer.add(row("desk", coalesce="card"), 20.0)
    sends(pacer, 20.0)
    counting, pressed = row("desk", coalesce="card"), row("desk", ANSWER, coalesce="card")
    pacer.add(counting, 21.0)
    assert pacer.add(pressed, 21.5) == counting.id
    assert sends(pacer, 22.0) == pressed
    assert pacer.waiting() == 0


def test_what_only_counts_up_keeps_the_better_place_of_what_somebody_pressed():
    pacer = pacer_with(row("g"), limits=Limits(0, 0, 0))
    pressed, counting = row("g", ANSWER, coalesce="card"), row("g", coalesce="card")
    pacer.add(pressed, 0.0)
    assert pacer.add(counting, 0.0) == pressed.id
    assert sends(pacer, 0.0) == counting


def test_in_a_quiet_group_a_card_is_edited_as_it_changes():
    pacer = pacer_with(row("desk", coalesce="card"))
    sends(pacer, 0.0)
    again = row("desk", coalesce="card")
    pacer.add(again, 1.0)
    assert sends(pacer, 1.2) == again


def test_relays_merge_only_in_a_congested_group_and_only_as_far_as_they_fit():
    relays = [row("desk", merge="g1", size=100) for _ in range(5)]
    other = row("desk", merge="g2", size=100)
    pacer = Pacer(Limits(), merge_room=250)
    for n in range(10):
        pacer.remember("desk", True, float(n))
    for each in [*relays, other]:
        pacer.add(each, 20.0)
    merged = []
    now = 20.0
    while pacer.waiting():
        now = pacer.wake_at(now)
        merged.append(pacer.take(now))
        pacer.done("desk", now)
    assert merged == [tuple(relays[:2]), tuple(relays[2:4]), (relays[4],), (other,)]


def busy_desk(*rows: Row, room: int = 250) -> list[tuple[Row, ...]]:
    """What a congested desk is sent, message by message."""
    pacer = Pacer(Limits(), merge_room=room)
    for n in range(10):
        pacer.remember("desk", True, float(n))
    for each in rows:
        pacer.add(each, 20.0)
    sent, now = [], 20.0
    while pacer.waiting():
        now = pacer.wake_at(now)
        sent.append(pacer.take(now))
        pacer.done("desk", now)
    return sent


def test_what_waits_between_them_keeps_relays_of_one_group_from_merging_no_more():
    a1, b1, c, a2, b2, a3 = (row("desk", merge=key, size=9) for key in ("a", "b", None, "a", "b", "a"))
    assert busy_desk(a1, b1, c, a2, b2, a3) == [(a1, a2, a3), (b1, b2), (c,)]


def test_what_does_not_fit_is_not_passed_by_anything_of_its_group():
    a1, b1, picture, a2, b2, a3 = (row("desk", merge=key, size=9) for key in ("a", "b", "a", "a", "b", "a"))
    picture = replace(picture, size=1_000_000)
    assert busy_desk(a1, b1, picture, a2, b2, a3) == [(a1,), (b1, b2), (picture,), (a2, a3)]


def test_a_row_of_the_group_that_is_not_due_ends_the_message():
    a1, b1, a2, a3 = (row("desk", merge=key) for key in ("a", "b", "a", "a"))
    a2 = replace(a2, due=45.0)
    assert busy_desk(a1, b1, a2, a3) == [(a1,), (b1,), (a2, a3)]


def test_a_row_too_large_to_merge_is_not_held_back_for_others_to_join():
    for size, waits in (100, True), (1_000_000, False):
        pacer = pacer_with(row("desk", merge="a", size=size))
        for n in range(10):
            pacer.remember("desk", True, n - 10.0)
        assert (pacer.take(0.0) == ()) is waits


def test_a_free_row_takes_nothing_along_and_is_not_taken_along():
    a1, gone, a3 = row("desk", merge="a"), row("desk", merge="a", free=True), row("desk", merge="a")
    assert busy_desk(a1, gone, a3) == [(a1,), (gone,), (a3,)]


def test_an_edit_merges_where_the_one_it_supersedes_would():
    b1, old, a2 = row("desk", merge="b"), row("desk", merge="a", coalesce="card"), row("desk", merge="a")
    new = row("desk", merge="b", coalesce="card")
    assert busy_desk(b1, old, a2, new) == [(b1,), (replace(new, merge="a"), a2)]


def test_nothing_is_kept_of_merge_keys_that_wait_no_more():
    pacer = pacer_with(*(row("g", merge=f"k{n % 7}") for n in range(50)), limits=Limits(0, 0, 0))
    while pacer.waiting():
        sends(pacer, 0.0, 0.0)
    assert not pacer._chats["g"].lanes[RELAY]._alike


def test_a_merged_message_that_failed_is_put_together_again():
    a1, b1, a2, a3 = (row("desk", merge=key) for key in ("a", "b", "a", "a"))
    pacer = Pacer(Limits())
    for n in range(10):
        pacer.remember("desk", True, n - 20.0)
    for each in (a1, b1, a2):
        pacer.add(each, 0.0)
    assert pacer.take(0.0) == (a1, a2)
    pacer.add(a3, 0.0)
    pacer.later("desk", 5.0, 0.1)
    assert pacer.backlog("desk") == 4
    pacer.drop(a3.id)
    assert pacer.take(20.0) == (a1, a2)
    pacer.done("desk", 20.1)
    assert pacer.take(30.0) == (b1,)
    assert pacer.waiting() == 0


def test_an_album_takes_as_many_places_of_the_minute_as_it_has_messages():
    album, relay, urgent = row("g", cost=10), row("g"), row("g", EMERGENCY)
    pacer = pacer_with(album)
    for n in range(9):
        pacer.remember("g", True, n - 10.0)
    assert pacer.take(0.0) == ()
    assert pacer.wake_at(0.0) == pytest.approx(50.0)  # 8 + 10, and two are kept
    assert pacer.take(50.0) == (album,)
    pacer.done("g", 50.1)
    pacer.add(relay, 50.1)
    pacer.add(urgent, 50.1)
    assert pacer.take(51.2) == (urgent,)


def test_after_an_album_a_flooded_group_rests_as_long_as_its_messages_would_have_taken():
    pacer = pacer_with(row("g", cost=6), *(row("g") for _ in range(50)))
    sends(pacer, 0.0)
    assert 6 * 60 / 18 <= pacer.wake_at(0.1) <= 6 * 60 / 18 + 0.5


@pytest.mark.parametrize("priority", Priority)
@pytest.mark.parametrize("cost", [19, 25, 100])
def test_what_costs_more_than_there_are_places_goes_when_all_are_free(priority, cost):
    huge, behind = row("g", priority, cost=cost), row("g", priority)
    pacer = pacer_with(huge, behind)
    pacer.remember("h", True, 0.0)
    assert pacer.take(0.0) == () or cost < 30
    pacer = pacer_with(huge, behind)
    assert pacer.take(1.1) == (huge,)
    pacer.done("g", 1.2)
    assert pacer.wake_at(1.3) > 2.1
    at = pacer.wake_at(61.3)
    assert pacer.take(at) == (behind,)


def test_an_album_counts_for_the_whole_bot():
    pacer = pacer_with(row("g", EMERGENCY, cost=10), row("h", EMERGENCY, cost=10), row("i", EMERGENCY, cost=20))
    assert pacer.take(0.0)
    assert pacer.take(0.0)
    assert pacer.take(0.0) == ()
    pacer.later("h", 9.0, 0.0, sent=False)
    assert pacer.take(0.0)


def test_relays_to_a_quiet_group_do_not_merge():
    first, second = row("g", merge="k"), row("g", merge="k")
    pacer = pacer_with(first, second)
    assert pacer.take(0.0) == (first,)


def test_two_places_a_minute_are_kept_for_what_is_urgent():
    pacer = Pacer(Limits())
    for n in range(18):
        pacer.remember("g", True, float(n))
    pacer.add(row("g"), 30.0)
    assert pacer.take(30.0) == ()
    card = row("g", EMERGENCY)
    pacer.add(card, 30.0)
    assert pacer.take(30.0) == (card,)


def test_what_could_not_be_sent_goes_back_to_the_head_of_its_lane():
    first, second = row("g"), row("g")
    pacer = pacer_with(first, second)
    pacer.take(0.0)
    pacer.later("g", 4.0, 0.1)
    assert pacer.backlog("g") == 2
    assert pacer.wake_at(0.1) == 4.0
    assert pacer.take(4.0) == (first,)


def test_what_was_never_asked_of_the_platform_uses_no_place():
    first = row("g")
    pacer = pacer_with(first)
    pacer.take(0.0)
    pacer.later("g", 0.0, 0.0, sent=False)
    assert pacer.take(0.0) == (first,)
    pacer.done("g", 0.0, sent=False)
    second = row("g")
    pacer.add(second, 0.0)
    assert pacer.take(0.0) == (second,)


def test_a_429_stops_its_chat_for_as_long_as_asked_and_no_other():
    first, other = row("g"), row("h")
    pacer = pacer_with(first)
    pacer.take(0.0)
    pacer.refused("g", 7.0, 0.1)
    pacer.add(other, 0.1)
    assert pacer.take(0.1) == (other,)
    pacer.done("h", 0.2)
    assert pacer.take(7.1) == ()
    assert pacer.take(7.3) == (first,)


def test_after_a_429_the_token_waits_for_one_answer_before_it_trusts_itself():
    pacer = pacer_with(row("g"), row("h"), row("i"))
    pacer.take(0.0)
    pacer.refused("g", 7.0, 0.1)
    assert pacer.take(0.1)
    assert pacer.take(0.1) == ()
    pacer.done("h", 0.2)
    assert pacer.take(0.2)


def test_a_second_chats_429_stops_the_token_and_one_message_probes_afterwards():
    pacer = pacer_with(row("g"), row("h"), row("i", EMERGENCY), row("j", EMERGENCY))
    taken = [pacer.take(0.0)[0].chat for _ in range(4)]
    pacer.refused(taken[2], 5.0, 0.1)
    pacer.refused(taken[3], 5.0, 0.1)
    pacer.done(taken[0], 0.2)
    pacer.done(taken[1], 0.2)
    pacer.add(row("k", EMERGENCY), 0.2)
    assert pacer.wake_at(0.2) == pytest.approx(5.2)
    assert pacer.take(5.3)
    assert pacer.take(5.3) == ()
    assert pacer.wake_at(5.3) is None


def test_a_refused_probe_stops_the_token_again():
    pacer = pacer_with(*(row(f"g{n}") for n in range(5)))
    for chat in [pacer.take(0.0)[0].chat, pacer.take(0.0)[0].chat]:
        pacer.refused(chat, 5.0, 0.1)
    probe = pacer.take(5.3)[0].chat
    pacer.refused(probe, 9.0, 5.4)
    assert pacer.take(14.0) == ()
    assert pacer.take(14.6)


def test_a_moved_group_keeps_its_rows_in_order_and_its_counts():
    first, second, third = row("old"), row("new"), row("old")
    pacer = pacer_with(first, second, third)
    for n in range(17):
        pacer.remember("old", True, n - 20.0)
    pacer.moved("old", "new")
    taken = sends(pacer, 0.0)
    assert (taken.id, taken.chat) == (first.id, "new")
    assert pacer.backlog("old") == pacer.backlog("new") == 2
    assert pacer.wake_at(2.0) > 30.0


def test_a_move_waits_for_what_is_in_flight_under_the_old_name():
    first, second = row("old"), row("old")
    pacer = pacer_with(first, second, limits=Limits(0, 0, 0))
    pacer.take(0.0)
    pacer.moved("old", "new")
    assert pacer.take(0.0) == ()
    pacer.later("old", 0.0, 0.0)
    assert [(sends(pacer, 0.0)).id for _ in range(2)] == [first.id, second.id]
    pacer.add(row("old"), 0.0)
    assert sends(pacer, 0.0).chat == "new"


def test_a_group_that_moves_back_is_found():
    pacer = pacer_with(row("a"), limits=Limits(0, 0, 0))
    pacer.moved("a", "b")
    pacer.moved("b", "a")
    assert sends(pacer, 0.0).chat == "a"


def test_a_withdrawn_row_is_not_sent_and_does_not_hold_its_lane():
    first, second = row("g", due=50.0, coalesce="card"), row("g")
    pacer = pacer_with(first, second)
    pacer.drop(first.id)
    pacer.drop(first.id)
    assert pacer.wake_at(0.0) == 0.0
    assert pacer.take(0.0) == (second,)
    pacer.drop(second.id)
    assert (pacer.waiting(), pacer.in_flight()) == (0, 1)


def test_a_limit_of_zero_is_none():
    pacer = pacer_with(*(row("g") for _ in range(50)), limits=Limits(0, 0, 0))
    assert [sends(pacer, 0.0, 0.0).chat for _ in range(50)] == ["g"] * 50


def test_chats_long_silent_are_forgotten():
    pacer = Pacer(Limits(0, 20, 1.0))
    for n in range(3000):
        pacer.add(row(f"g{n}"), 200.0 * n)
        sends(pacer, 200.0 * n)
    assert len(pacer._chats) <= 1000


def test_two_chats_that_wait_for_one_turn_are_drawn_one_after_the_other():
    """After a move the old chat's void entry and its heir's may stand side by side."""
    first, heir = (Chat(name, ChatGate(1.0, 20, 2, RoundTrips()), Turns(10), 3500) for name in ("old", "new"))
    queue = WardQueue()
    for chat in (first, heir):
        queue.push(chat, ward=1, turn=5)
    assert [queue.pop(), queue.pop()] == [first, heir]
