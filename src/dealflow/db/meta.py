"""The metadata of all tables and the column types that behave the same on both databases. Opens no engine."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.kernel.clock import iso

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Fen = sa.BigInteger()  # integer 分


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time: timestamptz on PostgreSQL; on SQLite ISO text in UTC with six decimals: text order is time order."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """The column type of the dialect."""
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """What the driver is given."""
        return iso(value) if dialect.name == "sqlite" and value is not None else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """What the caller gets: an aware moment."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value


def column(name: str, kind: Any = None, *constraints: sa.schema.SchemaItem, **options: Any) -> sa.Column[Any]:
    """A column that holds something unless it is said to be nullable."""
    return sa.Column(name, sa.Text() if kind is None else kind, *constraints, nullable=options.pop("nullable", False), **options)


def key(name: str = "id", *constraints: sa.schema.SchemaItem) -> sa.Column[Any]:
    """A primary key given by us: ids are made before the row is written."""
    return sa.Column(name, Id, *constraints, primary_key=True, autoincrement=False)


def of_case(name: str = "case_id", **options: Any) -> sa.Column[Any]:
    """A column that names a case."""
    return column(name, Id, sa.ForeignKey("cases.id"), **options)


def live_where(column: sa.Column[Any]) -> dict[str, Any]:
    """A partial index over true rows, spelled as the queries of each database spell it (else SQLite scans)."""
    return {"postgresql_where": sa.text(column.name), "sqlite_where": sa.text(f"{column.name} = 1")}
