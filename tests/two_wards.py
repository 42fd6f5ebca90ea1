"""Two wards as rows, for tests of services: nothing crosses from one to the other."""

from sqlalchemy import insert

from data import tables as t
from data.places import Ward
from data.unit_of_work import Work

WARD, OTHER = Ward(1, "Phường Hoa Sữa", "telegram:-1", True, "full"), Ward(2, "Xã Bên", "telegram:-2", True, "full")


def two_wards(work: Work) -> None:
    """The rows of both."""
    for ward in (WARD, OTHER):
        values = {"id": ward.id, "name": ward.name, "desk": ward.desk, "desk_forum": True, "desk_shows": "full"}
        work.run(insert(t.wards).values(values | {"created_at": 0.0}))
