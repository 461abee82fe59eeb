"""Calls for help, files and evidence; orders that are changed, withdrawn or filled in for somebody"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITS = sa.text("status IN ('open', 'taken')")


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, length: int, *, empty: bool = False) -> sa.Column[str]:
    kind = sqlmodel.sql.sqltypes.AutoString(length=length)
    return sa.Column(name, kind, nullable=not empty, server_default="" if empty else None)


def upgrade() -> None:
    op.create_table(
        "callback",
        sa.Column("id", _big(), nullable=False),
        sa.Column("person_id", _big(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        _text("county", 60),
        _text("words", 500, empty=True),
        sa.Column("taken_by", _big(), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'taken', 'done')", name=op.f("ck_callback_status_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_callback_person_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_callback_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
    )
    op.create_index(op.f("ix_callback_person_id"), "callback", ["person_id"])
    op.create_index(op.f("ix_callback_status"), "callback", ["status"])
    op.create_index(
        "one_callback_waits", "callback", ["person_id"], unique=True, sqlite_where=WAITS, postgresql_where=WAITS
    )
    op.create_table(
        "attachment",
        sa.Column("id", _big(), nullable=False),
        sa.Column("person_id", _big(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        _text("file_id", 255),
        sa.Column("size", sa.Integer(), nullable=True),
        _text("words", 2000, empty=True),
        _text("album", 40),
        sa.Column("need_id", _big(), nullable=True),
        _text("asked", 40),
        _text("backs", 20),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attachment_person_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_attachment_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_person_id"), "attachment", ["person_id"])
    op.create_index(op.f("ix_attachment_need_id"), "attachment", ["need_id"])
    op.add_column("need", sa.Column("amends_id", _big(), nullable=True))
    op.add_column("need", sa.Column("entered_by", _big(), nullable=True))
    op.add_column("need", sa.Column("changed", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("need", sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("need", _text("ended_why", 40))


def downgrade() -> None:
    for column in ("ended_why", "changed_at", "changed", "entered_by", "amends_id"):
        op.drop_column("need", column)
    op.drop_table("attachment")
    op.drop_table("callback")
