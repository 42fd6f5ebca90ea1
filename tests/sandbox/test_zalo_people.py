import pytest

MENU = "Anh/chị muốn gửi tin này?\n1. ✅ Gửi\n2) 🕶️ Ẩn danh\n3. Sửa\n\nMã: TB-251126-AB12"


async def offered(hood, chat_id):
    await hood.api("sendMessage", chat_id=chat_id, text=MENU)


async def test_a_choice_is_made_by_its_number(hood):
    hood.lan.says("mất xe máy")
    await offered(hood, hood.lan.id)
    asked = hood.lan.chat_with().messages[-1]
    hood.lan.presses(asked, "Gửi")
    hood.lan.presses(asked, "Ẩn danh")
    hood.lan.presses(asked, "🕶️ Ẩn")
    assert hood.lan.chat_with().texts()[2:] == ["1", "2", "2"]


async def test_in_a_group_the_number_comes_with_the_mention(hood):
    hood.lan.says("chào", hood.group, mention=True)
    await offered(hood, hood.group.id)
    pressed = await hood.api.hears(lambda: hood.binh.presses(hood.group.messages[-1], "Sửa"))
    assert pressed["message"]["text"] == "@Bot Bình Yên 3"


async def test_a_choice_that_is_not_offered_fails(hood):
    hood.lan.says("mất xe máy")
    await offered(hood, hood.lan.id)
    with pytest.raises(AssertionError, match="no choice 'Huỷ'"):
        hood.lan.presses(hood.lan.chat_with().messages[-1], "Huỷ")


async def test_who_is_not_in_a_group_says_nothing_there(hood):
    with pytest.raises(ValueError, match="not in"):
        hood.chi.says("chào", hood.group)


async def test_the_sandboxes_waiting_works_for_zalos_chats(hood):
    sandbox = hood.zalo.sandbox
    first = hood.lan.says("chào")
    await hood.api("sendMessage", chat_id=hood.lan.id, text="Chào chị")
    chat = hood.lan.chat_with()
    found = await sandbox.wait_for(chat, lambda m: "Chào" in m.get("text", ""), after=first)
    assert found is chat.history[found["message_id"]]
    with pytest.raises(AssertionError, match=r"no such message in Lan; the last were .*Chào chị"):
        await sandbox.wait_for(chat, lambda m: True, 0.05, after=found)
    assert await sandbox.until(lambda: hood.zalo.calls["sendMessage"]) == 1


async def test_ids_and_order_are_the_fakes_own(hood):
    said = [hood.lan.says("một"), hood.chi.says("hai"), hood.lan.says("ba", hood.group)]
    assert [message["message_id"] for message in said] == [1, 2, 3]
    assert len({message["zalo_id"] for message in said}) == 3
    assert hood.lan.chat_with().id == hood.lan.id
    assert hood.group.title == "Tổ 9"
