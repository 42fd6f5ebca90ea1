"""The door that these tests knock at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.door import Door, opened


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """A server of the vault, open."""
    async with opened(tmp_path) as door:
        yield door
