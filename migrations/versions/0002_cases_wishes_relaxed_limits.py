"""Labelled cases, what teachers wish, what is known of a school, relaxed limits

Plain ADD and DROP COLUMN: alembic's batch mode would copy SQLite's tables and lose their CHECKs on the way.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=True)


def _json(name: str, empty: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text(f"'{empty}'"))


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def upgrade() -> None:
    op.create_table(
        "readingcase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("county", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=4096), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("read", sa.JSON(), nullable=False),
        sa.Column("corrected", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_readingcase_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readingcase")),
        sa.UniqueConstraint("batch", name=op.f("uq_readingcase_batch")),
    )
    op.create_index(op.f("ix_readingcase_county"), "readingcase", ["county"])
    op.create_index(op.f("ix_readingcase_person_id"), "readingcase", ["person_id"])
    op.add_column("need", _json("as_read", "{}"))
    op.add_column("need", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("offer", _json("relaxed", "[]"))
    op.add_column("school", _text("province", 60))
    op.add_column("school", _text("city", 60))
    op.add_column("school", _flag("one_teacher"))
    op.add_column("school", _flag("remote"))
    op.add_column("supportunit", _text("city", 60))
    op.add_column("teacher", _json("regions", "[]"))
    op.add_column("teacher", _json("not_regions", "[]"))
    op.add_column("teacher", sa.Column("max_altitude", sa.Integer(), nullable=True))
    op.add_column("teacher", sa.Column("edition", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    _teacher_index()


def _teacher_index() -> None:
    """Empty: the first ranking, or the next import, cuts what is in the pool."""
    op.create_table(
        "teacherindex",
        sa.Column("teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("made", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.Column("modes", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Integer(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("not_regions", sa.Text(), nullable=False),
        sa.Column("max_altitude", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("concepts", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.id"], name=op.f("fk_teacherindex_teacher_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("teacher_id", name=op.f("pk_teacherindex")),
    )


def downgrade() -> None:
    op.drop_table("teacherindex")
    for table, columns in (
        ("teacher", ("edition", "max_altitude", "not_regions", "regions")),
        ("supportunit", ("city",)),
        ("school", ("remote", "one_teacher", "city", "province")),
        ("offer", ("relaxed",)),
        ("need", ("until", "as_read")),
    ):
        for column in columns:
            op.drop_column(table, column)
    op.drop_table("readingcase")
