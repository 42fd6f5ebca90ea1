"""Nonsense in, an answer out: whatever a bot sends, the sandbox answers as an API does, and goes on."""

import random

import pytest

from bot.sandbox.api import METHODS

ODD = ["", "x", "-1", "0", 5, -5, 1.5, None, True, [], [1], {}, {"a": 1}, "[", "{}", "[[]]", [{}], "attach://x"]
KEYBOARDS = [{"inline_keyboard": [[{}]]}, {"inline_keyboard": 5}, {"keyboard": []}, {"force_reply": True}]
PLACES = ["chat_id", "message_id", "message_ids", "from_chat_id", "message_thread_id", "user_id", "offset", "file_id"]
WORDS = ["text", "caption", "entities", "caption_entities", "parse_mode", "name", "url", "commands", "allowed_updates"]
OTHERS = ["reply_markup", "reply_parameters", "media", "reaction", "photo", "document", "latitude", "callback_query_id"]
NAMES = [*PLACES, *WORDS, *OTHERS]


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_odd_parameters_are_answered_in_the_apis_own_form(cast, method):
    chance = random.Random(method)
    cast.an.starts()
    said = cast.an.says("một")
    cast.sandbox.observers.clear()  # the calls are wrong on purpose
    for _ in range(40):
        params = {name: chance.choice(ODD + KEYBOARDS) for name in NAMES if chance.random() < 0.6}
        if chance.random() < 0.7:
            params |= {"chat_id": cast.an.id, "from_chat_id": cast.an.id, "message_id": said["message_id"]}
        async with cast.api.session.post(f"{cast.sandbox.url}/bot{cast.bot.token}/{method}", json=params) as answer:
            body = await answer.json()
            assert answer.status in {200, 400, 403}
            assert body["ok"] is (answer.status == 200)
    cast.an.says("vẫn chạy")
    assert cast.an.chat_with().texts()[-1] == "vẫn chạy"
