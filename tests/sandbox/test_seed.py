from bot.sandbox import build_ward


async def test_the_demo_ward_is_invented_and_the_bot_is_nowhere_in_it(cast):
    ward = build_ward(cast.sandbox)
    people = [ward.na, ward.man, ward.officer, ward.chief, ward.second_chief]
    assert all(
        "(mẫu)" in name for name in [*(p.name for p in people), ward.desk.title, ward.group_5.title, ward.group_7.title]
    )
    assert ward.desk.is_forum
    assert ward.desk.members[ward.chief.id].status == "creator"
    assert ward.desk.members[ward.second_chief.id].status == "administrator"
    assert not any(cast.bot.id in group.members for group in (ward.desk, ward.group_5, ward.group_7))


async def test_the_real_flow_can_be_driven_through_it(cast):
    ward = build_ward(cast.sandbox)
    ward.desk.add_bot(cast.bot, by=ward.chief, admin=True)
    ward.chief.says("/thietlap MA phường Hoa Sữa", ward.desk)
    ward.na.opens("https://t.me/binhyen_bot?startgroup=MA", ward.group_5)
    assert [text for text in await cast.api.texts() if text] == ["/thietlap MA phường Hoa Sữa", "/start@binhyen_bot MA"]
