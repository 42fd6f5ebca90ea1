"""The pacer against a platform in simulated time: the issue's scenarios with their figures, and arbitrary schedules."""

import random
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pacer import Limits, Pacer, Row
from bot.messages import Priority
from tests.delivery.pacer_world import Server, World

EMERGENCY, ANSWER, RELAY, BROADCAST = Priority
TELEGRAM = Limits()
ROUND_TRIP = 0.1  # s, the longest in these worlds
ids = count(1)


def row(chat: str, priority: Priority = RELAY, *, ward: int = 1, group: bool = True, **more) -> Row:
    return Row(next(ids), chat, ward, priority, group, **more)


def world(seed: int = 1, limits: Limits = TELEGRAM, server: Limits | None = None, **more) -> World:
    return World(Pacer(limits), Server(server or limits), random.Random(seed), **more)


def broadcast(to: World, groups: int) -> None:
    for n in range(groups):
        to.add(0.0, row(f"g{n}", BROADCAST, ward=n % 20))


def questions(to: World, seconds: float, seed: int = 5) -> None:
    """Two a second at random moments, from 50 private chats in turn."""
    rng, at = random.Random(seed), 0.0
    for n in count():
        at += rng.expovariate(2.0)
        if at > seconds:
            return
        to.add(at, row(f"p{n % 50}", ANSWER, group=False))


def of_ideal(it: World) -> float:
    """The time until the last broadcast is answered, over what 30 messages a second would take."""
    end = it.finished(BROADCAST)
    return end * 30 / sum(sent.left <= end for sent in it.sent)


@pytest.mark.parametrize("seed", range(4))
def test_300_groups_are_reached_within_a_twentieth_of_the_ideal_and_answers_hardly_wait(seed):
    it = world(seed)
    broadcast(it, 300)
    questions(it, 11.0, seed)
    it.run()
    waits = it.waits(ANSWER)
    assert it.refusals == []
    assert of_ideal(it) <= 1.05
    assert waits[int(len(waits) * 0.95)] <= 0.050


def test_without_any_answers_the_broadcast_is_as_near_the_ideal():
    it = world()
    broadcast(it, 300)
    it.run()
    assert it.refusals == []
    assert of_ideal(it) <= 1.05


def test_an_emergency_goes_within_100_ms_while_1000_groups_are_written_to():
    it = world()
    broadcast(it, 1000)
    questions(it, 36.0)
    rng = random.Random(3)
    for n in range(36):
        it.add(n + rng.random(), row(f"e{n}", EMERGENCY))
    it.run()
    assert it.refusals == []
    assert it.waits(EMERGENCY)[-1] <= 0.1
    assert of_ideal(it) <= 1.05


@pytest.mark.parametrize("cost", [2, 3, 10])
def test_albums_to_300_groups_break_no_limit_and_an_emergency_still_goes_within_100_ms(cost):
    it = world()
    for n in range(300):
        it.add(0.0, row(f"g{n}", BROADCAST, ward=n % 20, cost=cost))
    rng = random.Random(3)
    for n in range(40):
        it.add(n / 4 + rng.random() / 5, row(f"e{n}", EMERGENCY))
    it.run()
    assert it.refusals == []
    assert it.waits(EMERGENCY)[-1] <= 0.1
    assert it.finished(BROADCAST) <= 300 * cost / 30 * 1.12


def test_25_relays_to_each_of_10_groups_take_a_twentieth_more_than_the_limits_force():
    it = world()
    for _ in range(25):
        for n in range(10):
            it.add(0.0, row(f"g{n}"))
    it.run()
    assert it.refusals == []
    assert it.finished(RELAY) <= 64 * 1.05  # 20 in the first 19 s, the next five from second 60 on


def desk(merge: str, seconds: int = 120, size: int = 100, pictures: float = 0.0) -> World:
    """27 groups together say five things a second, and every ten seconds there is an urgent card."""
    it = world()
    rng = random.Random(5)
    for n in range(seconds * 5):
        alone = rng.random() < pictures
        it.add(n / 5, row("desk", merge=merge.format(rng.randrange(27)), size=1_000_000 if alone else size))
    for second in range(3, seconds, 10):
        it.add(second + rng.random(), row("desk", EMERGENCY))
    it.run()
    return it


@pytest.mark.parametrize("merge", ["group {}", "desk"])
def test_an_urgent_card_passes_a_flooded_desk_within_3_s_and_nothing_is_lost(merge):
    it = desk(merge)
    assert it.refusals == []
    assert it.waits(EMERGENCY)[-1] <= 3.0
    assert it.sent_lanes() == it.lanes


@pytest.mark.parametrize("seconds", [120, 600])
def test_27_interleaved_groups_keep_up_with_five_a_second(seconds):
    """20 a minute less six urgent cards are 14 messages: each group has its turn every 27 / 14 of a minute."""
    it = desk("group {}", seconds)
    assert it.refusals == []
    assert it.sent_lanes() == it.lanes
    assert it.waits(EMERGENCY)[-1] <= 3.0
    assert it.waits(RELAY)[-1] <= 150.0
    assert it.finished(RELAY) <= seconds + 100.0


def test_of_all_that_waits_at_a_desk_the_oldest_leads_the_next_message():
    it = desk("group {}")
    sent = {}
    for each in it.sent:
        if each.row.priority is RELAY:
            sent.setdefault(each.left, []).append(each.row.id)
    leads = [min(rows) for _, rows in sorted(sent.items())]
    assert leads == sorted(leads)


def test_relays_that_may_all_merge_keep_up_with_five_a_second():
    it = desk("desk", seconds=300)
    waits = it.waits(RELAY)
    assert it.messages < 110
    assert waits[-1] < 30.0
    assert waits[len(waits) // 2] < 7.0


@pytest.mark.parametrize("seed", range(12))
def test_a_bot_closed_for_5_s_is_refused_only_for_what_was_in_flight(seed):
    """What one round trip holds at full rate cannot be called back: 1 + 30 * 0.1 s at most."""
    it = world(seed)
    it.server.closed = [(3.0 + seed * 0.0071, 8.0)]
    broadcast(it, 300)
    it.run()
    first = it.refusals[0][0]
    assert len(it.refusals) <= 4
    assert [left for left in it.departures if first < left < 8.0] == []
    assert it.sent_lanes() == it.lanes
    assert it.finished(BROADCAST) <= 17.5  # 10 + 5 + at most a second over the closing + the slow start


def test_a_bot_closed_at_any_moment_is_mostly_refused_three_times_and_seldom_four():
    refused = []
    for n in range(60):
        it = world(n)
        it.server.closed = [(3.0 + n * 0.0071, 8.0)]
        broadcast(it, 300)
        it.run(until=9.0)
        refused.append(len(it.refusals))
    assert max(refused) == 4
    assert refused.count(4) <= 6
    assert sorted(refused)[30] == 3


def test_at_an_unhurried_rate_a_closed_bot_is_refused_twice():
    it = world(limits=Limits(per_second=10), server=TELEGRAM)
    it.server.closed = [(3.0, 8.0)]
    broadcast(it, 100)
    it.run()
    assert len(it.refusals) <= 2


def test_a_platform_stricter_than_configured_is_learnt():
    it = world(server=Limits(group_per_minute=15))
    for n in range(600):
        it.add(n * 1.0, row("g"))
    it.run(until=3600.0)
    early = sum(at < 600.0 for at, _ in it.refusals)
    late = sum(1200.0 <= at < 1800.0 for at, _ in it.refusals)
    assert early <= 4
    assert late <= 2


def test_after_a_restart_what_was_sent_in_the_last_minute_still_counts():
    before = world(stops=18.0)
    broadcast(before, 600)
    for _ in range(25):
        before.add(0.0, row("desk", ANSWER))
    before.run()
    after = World(Pacer(TELEGRAM), before.server, random.Random(2))
    for sent in before.sent:
        after.pacer.remember(sent.row.chat, sent.row.group, sent.answered)
    for _ in range(25):
        after.add(18.1, row("desk"))
    for n in range(60):
        after.add(18.1, row(f"h{n}", EMERGENCY))
    after.run()
    assert after.refusals == []


@pytest.mark.parametrize("seed", range(5))
def test_trips_of_either_extreme_break_no_limit_once_the_shortest_was_seen(seed):
    it = world(seed)
    for n in range(300):
        it.add(n * 0.05, row(f"warm{n}", BROADCAST))
    rng = random.Random(seed)
    it.rng = type("Extremes", (), {"random": rng.random, "uniform": lambda _, low, high: rng.choice([low, high])})()
    for n in range(300):
        it.add(20.0, row(f"g{n}", EMERGENCY if n % 3 else BROADCAST))
    it.run()
    assert it.refusals == []


def test_a_flood_from_above_starves_no_broadcast():
    it = world()
    for n in range(20):
        it.add(0.0, row(f"g{n}", BROADCAST, ward=n % 2))
    for n in range(1800):
        it.add(n / 60, row(f"p{n % 100}", EMERGENCY if n % 2 else ANSWER, group=False))
    it.run(until=40.0)
    patience, per_ward, wards = 10, 10, 2
    assert it.waits(BROADCAST)[-1] <= (patience + 3) * per_ward * wards / 30 * 1.05 + 1.0
    assert len(it.waits(BROADCAST)) == 20


def test_a_flood_of_emergencies_in_a_group_lets_a_relay_through_within_13_messages():
    it = world()
    it.add(0.0, row("g"))
    for _ in range(200):
        it.add(0.0, row("g", EMERGENCY))
    it.run(until=120.0)
    assert [sent.row.priority for sent in it.sent].index(RELAY) <= 12


@given(
    waiting=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([RELAY, BROADCAST])), min_size=1, max_size=20),
    flood=st.lists(st.sampled_from([EMERGENCY, ANSWER, RELAY]), min_size=1, max_size=5),
)
@settings(max_examples=100, derandomize=True)
def test_every_row_goes_within_the_stated_bound(waiting, flood):
    """13 messages for each chat that may go before it: those before it in its ward, times the wards."""
    pacer = Pacer(Limits(0, 0, 0))
    watched = {f"w{n}": row(f"w{n}", priority, ward=ward) for n, (ward, priority) in enumerate(waiting)}
    for each in watched.values():
        pacer.add(each, 0.0)
    position = {}
    for step in range(13 * len(watched) * 6):
        pacer.add(row(f"f{step}", flood[step % len(flood)], ward=9), 0.0)
        (taken,) = pacer.take(0.0)
        pacer.done(taken.chat, 0.0)
        position[taken.chat] = step
    for n, (ward, priority) in enumerate(waiting):
        ahead = sum(w == ward and p is priority for w, p in waiting[: n + 1])
        wards = len({w for w, p in waiting if p is priority} | ({9} if priority in flood else set()))
        assert position[f"w{n}"] < 13 * ahead * wards


SCHEDULE = st.lists(
    st.tuples(
        st.floats(0, 20),
        st.integers(0, 5),  # chat
        st.sampled_from(Priority),
        st.sampled_from([None, None, "k", "m"]),  # merge
        st.sampled_from([None, None, None, "card"]),  # coalesce
        st.booleans(),  # free
        st.floats(0, 3),  # due after
        st.sampled_from([1, 1, 1, 2, 12]),  # cost
    ),
    min_size=5,
    max_size=80,
)
LIMITS = st.builds(Limits, st.integers(2, 10), st.integers(3, 20), st.sampled_from([0.5, 1.0, 2.0]))


def schedule(it: World, rows: list[tuple]) -> None:
    for at, chat, priority, merge, coalesce, free, due, cost in rows:
        group, merge = chat % 2 == 0, None if free else merge
        key = coalesce and f"{coalesce}{priority}{merge}"
        more = {"merge": merge, "coalesce": key, "free": free, "due": at + due if due > 2 else 0.0}
        more |= {"cost": cost, "size": 900 if cost == 1 else 5000}
        it.add(at, row(f"c{chat}", priority, ward=chat % 3, group=group, **more))


@given(rows=SCHEDULE, limits=LIMITS, seed=st.integers(0, 99), lost=st.sampled_from([0.0, 0.0, 0.2]))
@settings(max_examples=1000, derandomize=True)
def test_whatever_comes_no_limit_breaks_and_every_lane_is_sent_once_in_order(rows, limits, seed, lost):
    it = world(seed, limits, lost=lost)
    schedule(it, rows)
    it.run()
    assert it.refusals == []
    assert it.sent_lanes() == it.lanes
    assert (it.pacer.waiting(), it.pacer.in_flight()) == (0, 0)


@given(rows=SCHEDULE, limits=LIMITS, stricter=LIMITS, seed=st.integers(0, 99), closed=st.floats(0, 15))
@settings(max_examples=300, derandomize=True)
def test_whatever_is_refused_every_lane_is_still_sent_once_in_order(rows, limits, stricter, seed, closed):
    it = world(seed, limits, stricter)
    it.server.closed = [(closed, closed + 5.0)]
    schedule(it, rows)
    it.run()
    assert it.sent_lanes() == it.lanes
    assert (it.pacer.waiting(), it.pacer.in_flight()) == (0, 0)


@given(
    rows=SCHEDULE, seed=st.integers(0, 99), moves=st.lists(st.tuples(st.floats(0, 25), st.integers(0, 5)), max_size=4)
)
@settings(max_examples=300, derandomize=True)
def test_whatever_moves_or_is_withdrawn_the_rest_is_sent_once_and_in_order(rows, seed, moves):
    it = world(seed)
    schedule(it, rows)
    dropped = {}
    for n, (at, chat) in enumerate(moves):
        it.at(at, lambda chat=chat, n=n: it.pacer.moved(f"c{chat}", f"n{n}"))
        it.at(at, lambda: [dropped.setdefault(i) or it.pacer.drop(i) for i in sorted(it.pacer._places)[:1]])
    it.run()
    sent = [each.row.id for each in it.sent]
    wanted = {i for lane in it.lanes.values() for i in lane} - set(dropped)
    assert sorted(sent) == sorted(wanted)
    order = {row_id: n for n, row_id in enumerate(sent)}
    for lane in it.lanes.values():
        places = [order[row_id] for row_id in lane if row_id in order]
        assert places == sorted(places)
