"""what waits for a second person: a bulletin's correction, a ward's contacts; ids of bulletins are never given twice"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHILDREN = ("bulletin_sheets", "bulletin_counts", "bulletin_reach")


def upgrade() -> None:
    """one table made anew (elsewhere than on SQLite no id is given twice anyway), columns; what was published stays"""
    if op.get_bind().dialect.name == "sqlite":
        renew_bulletins()
    op.add_column("bulletins", sa.Column("sealed_next", sa.LargeBinary(), nullable=True))
    op.add_column("ward_contacts", sa.Column("status", sa.String(length=8), nullable=False, server_default="live"))
    op.add_column("ward_contacts", sa.Column("author_key", sa.String(length=64), nullable=False, server_default=""))


def renew_bulletins() -> None:
    """the same rows; SQLite lets no table go that others point to, so what points to it steps aside"""
    for name in CHILDREN:
        op.execute(f"CREATE TEMPORARY TABLE kept_{name} AS SELECT * FROM {name}")  # noqa: S608 - names from above
        op.execute(f"DELETE FROM {name}")  # noqa: S608
    op.execute("CREATE TEMPORARY TABLE kept_bulletins AS SELECT * FROM bulletins")
    op.drop_table("bulletins")
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("card_row", sa.Integer(), nullable=True),
        sa.Column("broadcast_id", sa.Integer(), nullable=True),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("issued_at", sa.Float(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("targets", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_bulletins_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("ward_id", "number", name=op.f("uq_bulletins_ward_id_number")),
        sa.UniqueConstraint("ward_id", "month", name=op.f("uq_bulletins_ward_id_month")),
        sqlite_autoincrement=True,
    )
    for name in ("bulletins", *CHILDREN):
        op.execute(f"INSERT INTO {name} SELECT * FROM kept_{name}")  # noqa: S608
        op.execute(f"DROP TABLE kept_{name}")
