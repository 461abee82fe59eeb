"""All the surveys: colleagues of a placement, class totals of students, one row per wave, role and person

A CHECK and a UNIQUE of `survey` change. SQLite cannot alter them, so alembic copies the table there, from a description
that holds its CHECKs (without one it would lose them).
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = "status IN ('open', 'answered', 'lapsed', 'cancelled')"
ROLES = "role IN ('school', 'teacher')"
NEW_ROLES = "role IN ('school', 'teacher', 'colleague', 'students')"
UNIQUE = ("placement_id", "kind", "person_id")
NEW_UNIQUE = ("placement_id", "kind", "role", "person_id")


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def _survey(roles: str, unique: tuple[str, ...]) -> sa.Table:
    """The survey as it stands before a change, for the copy."""
    return sa.Table(
        "survey",
        sa.MetaData(),
        _id("id"),
        _id("placement_id"),
        _text("kind", 20),
        _text("role", 20),
        _id("person_id"),
        _text("status", 20),
        sa.Column("ratings", sa.JSON(), nullable=False),
        _text("comment", 1000, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        _moment("opened_at"),
        _moment("answered_at", nullable=True),
        sa.CheckConstraint(roles, name=op.f("ck_survey_role_known")),
        sa.CheckConstraint(STATES, name=op.f("ck_survey_status_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_person_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_survey_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_survey_{'_'.join(unique)}")),
        *(sa.Index(op.f(f"ix_survey_{name}"), name) for name in ("person_id", "placement_id", "status")),
    )


def _change(before: tuple[str, tuple[str, ...]], after: tuple[str, tuple[str, ...]]) -> None:
    with op.batch_alter_table("survey", copy_from=_survey(*before)) as batch:
        batch.drop_constraint(op.f("ck_survey_role_known"), type_="check")
        batch.create_check_constraint(op.f("ck_survey_role_known"), sa.text(after[0]))
        batch.drop_constraint(op.f(f"uq_survey_{'_'.join(before[1])}"), type_="unique")
        batch.create_unique_constraint(op.f(f"uq_survey_{'_'.join(after[1])}"), list(after[1]))


def upgrade() -> None:
    _change((ROLES, UNIQUE), (NEW_ROLES, NEW_UNIQUE))
    op.add_column("survey", sa.Column("totals", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("placement", _text("colleague_hash", 64, nullable=True))
    op.create_index(op.f("ix_placement_colleague_hash"), "placement", ["colleague_hash"], unique=True)
    op.create_table(
        "colleague",
        _id("id"),
        _id("placement_id"),
        _id("person_id"),
        _moment("joined_at"),
        _moment("ended_at", nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_colleague_person_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_colleague_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague")),
        sa.UniqueConstraint("placement_id", "person_id", name=op.f("uq_colleague_placement_id_person_id")),
    )
    op.create_index(op.f("ix_colleague_person_id"), "colleague", ["person_id"], unique=False)
    op.create_index(op.f("ix_colleague_placement_id"), "colleague", ["placement_id"], unique=False)


def downgrade() -> None:
    op.drop_table("colleague")
    op.drop_index(op.f("ix_placement_colleague_hash"), table_name="placement")
    op.drop_column("placement", "colleague_hash")
    op.drop_column("survey", "totals")
    op.execute("DELETE FROM survey WHERE role NOT IN ('school', 'teacher')")
    _change((NEW_ROLES, NEW_UNIQUE), (ROLES, UNIQUE))
