"""Every conversation is held twice, with the residents on Telegram and on Zalo, but for what Zalo has not."""

import pytest

PLATFORMS = ["telegram", "zalo_bot"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`telegram_only` is said of a test, or of a module, with the reason."""
    if "residents_on" in metafunc.fixturenames and not metafunc.definition.get_closest_marker("telegram_only"):
        metafunc.parametrize("residents_on", PLATFORMS, indirect=True)
