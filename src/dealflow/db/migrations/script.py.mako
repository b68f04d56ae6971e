"""${message}."""

import sqlalchemy as sa
from alembic import op

import dealflow.db.meta
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer tables."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Back to the older tables."""
    ${downgrades if downgrades else "pass"}
