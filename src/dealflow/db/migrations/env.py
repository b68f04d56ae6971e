"""Alembic's entrance. It is given its connection; it opens nothing by itself."""

from alembic import context

import dealflow.db.tables.all  # noqa: F401 - fills the metadata
from dealflow.db.meta import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
