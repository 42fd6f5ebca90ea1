"""Places as neighbours say them."""

from dataclasses import dataclass, field

from bot.domain.spotting import Spot


@dataclass(frozen=True, slots=True)
class Address:
    """A place; what was not said is empty.

    `said` is the original wording, to show back; `alleys` run from the street inwards; `key` compares two places.
    """

    said: str = field(repr=False)
    house: str = field(repr=False)
    alleys: tuple[str, ...] = field(repr=False)
    street: str = field(repr=False)
    unit: str = field(repr=False)
    landmark: str = field(repr=False)
    key: str = field(repr=False)


def find_address(text: str) -> Spot[Address] | None:
    """The place that text which `normalize` has seen speaks of most fully, or None."""
    del text  # still to come
    return None
