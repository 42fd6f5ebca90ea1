import pytest

from tests.sandbox.client import RefusedError


@pytest.fixture
async def basic(cast):
    group = cast.sandbox.add_group("Tổ 9", cast.an, [cast.binh], kind="group")
    group.add_bot(cast.bot)
    await cast.api.news()
    return group


async def test_both_chats_announce_it(cast, basic):
    new = basic.migrate()
    old_side, new_side = [update["message"] for update in await cast.api.news()]
    assert (old_side["chat"]["id"], old_side["migrate_to_chat_id"]) == (basic.id, new.id)
    assert (new_side["chat"]["id"], new_side["migrate_from_chat_id"]) == (new.id, basic.id)
    assert new.id < -(10**12) < basic.id < 0


async def test_calls_to_the_old_id_name_the_new_one(cast, basic):
    new = basic.migrate()
    with pytest.raises(RefusedError, match="group chat was upgraded to a supergroup chat") as refused:
        await cast.api("sendMessage", chat_id=basic.id, text="x")
    assert refused.value.parameters == {"migrate_to_chat_id": new.id}
    assert refused.value.status == 400
    await cast.api("sendMessage", chat_id=new.id, text="x")


async def test_people_go_on_talking_in_the_new_one(cast, basic):
    new = basic.migrate()
    await cast.api.news()
    cast.binh.says("/trogiup", new)
    assert await cast.api.texts() == ["/trogiup"]


async def test_a_supergroup_does_not_migrate(cast):
    with pytest.raises(ValueError, match="basic"):
        cast.group.migrate()
