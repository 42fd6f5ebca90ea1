"""sendPoll: quizzes in which nobody sees who chose what."""

import pytest

from tests.sandbox.client import RefusedError

QUIZ = {"question": "mấy?", "type": "quiz", "is_anonymous": True, "correct_option_ids": [1], "explanation": "vì thế"}


async def asked(cast, **more):
    cast.an.starts()
    options = [{"text": "một"}, {"text": "hai"}]
    return await cast.api("sendPoll", chat_id=cast.an.id, options=options, **QUIZ | more)


async def test_its_bot_hears_how_often_each_answer_was_chosen_and_not_by_whom(cast):
    quiz = await asked(cast)
    assert [one["text"] for one in quiz["poll"]["options"]] == ["một", "hai"]
    cast.an.votes(quiz, 1)
    update = (await cast.api.news())[-1]
    assert [one["voter_count"] for one in update["poll"]["options"]] == [0, 1]
    assert str(cast.an.id) not in str(update)


async def test_everybody_answers_once(cast):
    quiz = await asked(cast)
    cast.an.votes(quiz, 0)
    cast.an.votes(quiz, 1)
    assert (await cast.api.news())[-1]["poll"]["total_voter_count"] == 1


@pytest.mark.parametrize(
    "wrong",
    [{"correct_option_ids": [2]}, {"correct_option_ids": []}, {"question": "x" * 301}, {"explanation": "x" * 201}],
)
async def test_what_telegram_would_not_take_is_refused(cast, wrong):
    with pytest.raises(RefusedError):
        await asked(cast, **wrong)
    cast.witness.violations.clear()
