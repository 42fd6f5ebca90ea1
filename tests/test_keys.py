"""The key and the database belong together, and the key can be rotated."""

import secrets
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App
from bot.errors import BadSettings
from bot.sandbox import Sandbox
from bot.sealing import new_key
from tests.cast import KEY, Stage, settings_for


async def restarted(stage: Stage, folder: Path, key: str) -> App:
    assert stage.app is not None
    await stage.app.stop()
    settings = settings_for(stage.sandbox, folder).model_copy(update={"secret_key": SecretStr(key)})
    return App(settings)


@pytest.fixture
async def lone_stage(sandbox: Sandbox, tmp_path: Path) -> Stage:
    stage = Stage(sandbox, App(settings_for(sandbox, tmp_path)))
    assert stage.app is not None
    await stage.app.start()
    await stage.set_up_ward()
    return stage


async def test_another_key_stops_the_start_and_says_what_to_do(lone_stage: Stage, tmp_path: Path) -> None:
    app = await restarted(lone_stage, tmp_path, new_key())
    with pytest.raises(BadSettings, match="put the old key back"):
        await app.start()
    await app.stop()


async def test_after_a_rotation_the_chief_is_still_chief_and_the_old_key_can_go(
    lone_stage: Stage, tmp_path: Path
) -> None:
    fresh = new_key()
    stage = lone_stage
    stage.app = await restarted(stage, tmp_path, f"{fresh},{KEY}")
    await stage.app.start()
    stage.em.says("/nhom Tổ 9", stage.desk)
    await stage.sees(stage.desk, "Liên kết cho nhóm Tổ 9")
    await stage.rests()
    stage.app = await restarted(stage, tmp_path, fresh)
    await stage.app.start()
    newcomer = stage.sandbox.add_person(f"Khách {secrets.token_hex(2)}")
    stage.desk.join(newcomer)
    button = await stage.sees(stage.desk, f"{newcomer.name} vừa vào nhóm trực ban")
    stage.em.presses(button, "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền cán bộ")
    await stage.app.stop()
