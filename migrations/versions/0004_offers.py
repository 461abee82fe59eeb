"""Other dates in an offer, questions to the school, the consent of a teacher's unit, limits of an entry

Plain ADD and DROP COLUMN, as in 0002.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _id(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=optional)


def _text(name: str, length: int, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=optional)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=optional)


def upgrade() -> None:
    op.add_column("offer", sa.Column("old_start", sa.Date(), nullable=True))
    op.add_column("offer", sa.Column("old_end", sa.Date(), nullable=True))
    op.add_column("offer", sa.Column("extended", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("offer", sa.Column("reminded_on", sa.Date(), nullable=True))
    op.add_column("teacher", sa.Column("min_months", sa.Float(), nullable=True))
    op.add_column("teacher", sa.Column("max_months", sa.Float(), nullable=True))
    op.add_column("teacher", _text("contact_hours", 40, optional=True))
    op.create_table(
        "question",
        _id("id"),
        _id("offer_id"),
        _id("person_id"),
        _text("status", 20),
        _text("text", 300),
        _text("answer", 300, optional=True),
        _id("answered_by", optional=True),
        _moment("answered_at", optional=True),
        _moment("created_at"),
        sa.CheckConstraint("status IN ('open', 'answered', 'dropped')", name=op.f("ck_question_status_known")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_question_offer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_person_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_question_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    for column in ("offer_id", "person_id", "answered_by"):
        op.create_index(op.f(f"ix_question_{column}"), "question", [column])
    op.create_table(
        "unitconsent",
        _id("id"),
        _id("offer_id"),
        _text("status", 20),
        _text("code_hash", 64, optional=True),
        _moment("expires_at", optional=True),
        _id("person_id", optional=True),
        _text("evidence", 300, optional=True),
        _id("decided_by", optional=True),
        _moment("decided_at", optional=True),
        _moment("created_at"),
        sa.CheckConstraint(
            "status IN ('open', 'given', 'denied', 'dropped')", name=op.f("ck_unitconsent_status_known")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_unitconsent_offer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unitconsent_person_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_unitconsent_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unitconsent")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_unitconsent_offer_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_unitconsent_code_hash")),
    )
    op.create_index(op.f("ix_unitconsent_person_id"), "unitconsent", ["person_id"])


def downgrade() -> None:
    op.drop_table("unitconsent")
    op.drop_table("question")
    for column in ("reminded_on", "extended", "old_end", "old_start"):
        op.drop_column("offer", column)
    for column in ("contact_hours", "max_months", "min_months"):
        op.drop_column("teacher", column)
