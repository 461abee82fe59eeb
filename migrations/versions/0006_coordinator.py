"""A county's settings, deputies, lists approved in one tap, escalation, moved accounts, muted topics

Plain ADD and DROP COLUMN, as in 0002; ids in added columns carry no foreign key, which SQLite could not add.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sqlmodel.sql.sqltypes.UTCDateTime()
ADDED = (
    ("proposal", "decided_for", BIG),
    ("proposal", "unanswered_at", TIME),
    ("proposal", "escalated_at", TIME),
    ("account", "moved_from_id", BIG),
    ("role", "deputy_id", BIG),
    ("invite", "deputy_for", BIG),
    ("invite", "starts", sa.Date()),
    ("invite", "ends", sa.Date()),
)


def _text(length: int) -> sa.types.TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def _known(table: str, *states: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{state}'" for state in states)
    return sa.CheckConstraint(f"status IN ({allowed})", name=op.f(f"ck_{table}_status_known"))


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "countysettings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("county", _text(60), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("confirm_reminder_days", sa.JSON(), nullable=False),
        sa.Column("idle_days", sa.Integer(), nullable=False),
        sa.Column("day_begins", sa.Integer(), nullable=False),
        sa.Column("day_ends", sa.Integer(), nullable=False),
        sa.Column("min_years", sa.Integer(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countysettings")),
        sa.UniqueConstraint("county", name=op.f("uq_countysettings_county")),
    )
    op.create_table(
        "deputy",
        sa.Column("id", BIG, nullable=False),
        sa.Column("for_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("status", _text(20), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        _known("deputy", "planned", "active", "ended", "cancelled"),
        _person("deputy", "for_id"),
        _person("deputy", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_for_id"), "deputy", ["for_id"])
    op.create_index(op.f("ix_deputy_person_id"), "deputy", ["person_id"])
    op.create_table(
        "bulkapproval",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("status", _text(20), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        _known("bulkapproval", "open", "done"),
        _person("bulkapproval", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulkapproval")),
    )
    op.create_index(op.f("ix_bulkapproval_person_id"), "bulkapproval", ["person_id"])
    for table, column, kind in ADDED:
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.add_column("person", sa.Column("muted", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    op.drop_column("person", "muted")
    for table, column, _ in reversed(ADDED):
        op.drop_column(table, column)
    for table in ("bulkapproval", "deputy", "countysettings"):
        op.drop_table(table)
