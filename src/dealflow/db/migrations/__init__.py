"""The history of the tables, carried out by Alembic."""
