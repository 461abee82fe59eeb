"""Other dates that one side of a placement asks for, and what became of it"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WAITS = sa.text("status = 'open'")


def _id(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=optional)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=optional)


def upgrade() -> None:
    op.create_table(
        "datemove",
        _id("id"),
        _id("placement_id"),
        _id("person_id"),
        _text("side", 20),
        _text("status", 20),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        _moment("deadline"),
        _moment("raised_at", optional=True),
        _id("decided_by", optional=True),
        _moment("decided_at", optional=True),
        _moment("created_at"),
        sa.CheckConstraint("side IN ('school', 'teacher')", name=op.f("ck_datemove_side_known")),
        sa.CheckConstraint(
            "status IN ('open', 'agreed', 'declined', 'withdrawn', 'replaced', 'dropped')",
            name=op.f("ck_datemove_status_known"),
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_datemove_placement_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_datemove_person_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_datemove_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datemove")),
    )
    for column in ("placement_id", "person_id", "status"):
        op.create_index(op.f(f"ix_datemove_{column}"), "datemove", [column])
    options = {"sqlite_where": WAITS, "postgresql_where": WAITS}
    op.create_index("one_date_move_waits", "datemove", ["placement_id"], unique=True, **options)


def downgrade() -> None:
    op.drop_table("datemove")
