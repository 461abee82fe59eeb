"""A county's own rules, the plan a placement was agreed under, how long somebody would stay in the index

Plain ADD and DROP COLUMN, as in 0002. Rows of the index are cut anew, so the defaults of its columns are never read. The
one rule there was before, years of service, gets its own name among the reasons of a proposal.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADDED = (
    ("countysettings", "min_title", sqlmodel.sql.sqltypes.AutoString(length=20), "'any'"),
    ("countysettings", "origin", sqlmodel.sql.sqltypes.AutoString(length=20), "'any'"),
    ("placement", "plan", sa.JSON(), "'{}'"),
    ("teacherindex", "min_months", sa.Float(), "0"),
    ("teacherindex", "max_months", sa.Float(), "0"),
)
PROPOSAL = sa.table("proposal", sa.column("id", sa.BigInteger()), sa.column("excluded", sa.JSON()))


def upgrade() -> None:
    for table, column, kind, default in ADDED:
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=sa.text(default)))
    _rename(("rule",), "years")


def downgrade() -> None:
    _rename(("years", "title", "origin"), "rule")
    for table, column, _, _ in reversed(ADDED):
        op.drop_column(table, column)


def _rename(reasons: tuple[str, ...], name: str) -> None:
    """Count under one name those whom a proposal left out for these reasons."""
    connection = op.get_bind()
    for ident, excluded in connection.execute(sa.select(PROPOSAL.c.id, PROPOSAL.c.excluded)).all():
        if found := [reason for reason in reasons if reason in excluded]:
            kept = {reason: count for reason, count in excluded.items() if reason not in found}
            kept[name] = sum(excluded[reason] for reason in found)
            connection.execute(sa.update(PROPOSAL).where(PROPOSAL.c.id == ident).values(excluded=kept))
