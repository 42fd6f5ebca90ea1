"""A quiz on a phone of the page: answered by a tap, then it shows what was right, why, and how many chose what."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.page.conftest import Town, opens
from tests.page.test_page import calls

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_quiz_is_answered_by_a_tap(visit: Any, town: Town) -> None:
    page = await visit()
    resident = await opens(page, "Na", town.ward.group_5.id)
    choices = [{"text": "Không ai"}, {"text": "Người quen"}]
    quiz = {
        "question": "OTP đưa cho ai?",
        "type": "quiz",
        "correct_option_ids": [0],
        "explanation": "OTP là chìa khoá.",
    }
    await calls(town, "sendPoll", chat_id=town.ward.group_5.id, options=choices, **quiz)
    await resident.get_by_role("button", name="Người quen").click()
    await expect(resident.locator(".bubble").last).to_contain_text("✅ Không ai · 0")
    await expect(resident.locator(".bubble").last).to_contain_text("❌ Người quen · 1")
    await expect(resident.locator(".bubble").last).to_contain_text("OTP là chìa khoá.")
