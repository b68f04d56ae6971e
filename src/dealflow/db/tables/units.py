"""Tables of the units room: buildings with their licence, unit types, units, and who claims a unit."""

import sqlalchemy as sa

from dealflow.db.meta import Fen, Id, Moment, column, key, live_where, metadata, of_case

buildings = sa.Table(
    "buildings",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("code"),
    column("name"),
    column("licence_no", nullable=True),  # 预售许可证
    column("licence_from", sa.Date, nullable=True),
    column("escrow_account", nullable=True),
    column("delivery_on", sa.Date, nullable=True),  # the day on which the developer will hand over
    column("land_way", nullable=True),  # 出让, 划拨: how the land-use right was obtained
    column("land_until", sa.Date, nullable=True),
    column("planned_use", nullable=True),  # 住宅
    column("structure", nullable=True),
    column("decoration", nullable=True),  # 毛坯, 全装修
    sa.UniqueConstraint("project_id", "code"),
)

sellers = sa.Table(  # what a contract says of the developer beside its name: one row for each project
    "sellers",
    metadata,
    column("project_id", Id, sa.ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    column("document", nullable=True),  # unified social credit code
    column("address", nullable=True),
    column("representative", nullable=True),
)

units = sa.Table(
    "units",
    metadata,
    of_case("id", primary_key=True),
    column("building_id", Id, sa.ForeignKey("buildings.id")),
    column("code"),  # "1-1201": building and room
    column("floor", sa.Integer),
    column("layout"),  # 三房两厅两卫
    column("orientation"),
    column("area_cm2", sa.BigInteger),
    column("inner_area_cm2", sa.BigInteger),
    column("list_fen", Fen),  # list price
    column("lowest_fen", Fen),  # below this a price needs an approval
    column("blocked", nullable=True),  # why the unit is blocked (court, undisclosed mortgage); null: it is not
    sa.UniqueConstraint("building_id", "code"),
)

claims = sa.Table(
    "claims",
    metadata,
    key(),
    column("unit_id", Id, sa.ForeignKey("units.id")),
    of_case(),
    column("live", sa.Boolean),
    column("since", Moment),
    column("ended_at", Moment, nullable=True),
    sa.Index("ix_claims_case_id", "case_id"),
    info={"history": ("id", "unit_id", "case_id"), "changing": ("live",)},
)
sa.Index("one_live_claim_per_unit", claims.c.unit_id, unique=True, **live_where(claims.c.live))
