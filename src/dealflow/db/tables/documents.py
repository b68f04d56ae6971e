"""Tables of the documents room: papers as frozen records, signatures, stored files."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata, of_case

papers = sa.Table(
    "papers",
    metadata,
    of_case("id", primary_key=True),
    of_case("of_case"),
    column("seq", Id),  # the event of the case that issued it
    column("kind"),
    column("series"),
    column("number", unique=True),
    column("template"),  # hash of the template's folder
    column("facts"),  # frozen: canonical JSON
    column("seal"),  # SHA-256 of number, line feed, facts
    column("issued_at", Moment),
    column("issued_by", Id),
    column("file", nullable=True),  # SHA-256 of the stored bytes, once printed
    column("engine", nullable=True),  # versions that printed them
    column("voided_at", Moment, nullable=True),
    column("void_reason", nullable=True),
    column("kept_by", Id, nullable=True),  # who keeps the signed agreement (R-SUB-05)
    column("kept_since", Moment, nullable=True),
    sa.Index("ix_papers_of_case", "of_case", "kind"),
    info={"history": ("id", "of_case", "kind", "template"), "changing": ("voided_at",)},
)

signatures = sa.Table(
    "signatures",
    metadata,
    key(),
    column("paper_id", Id, sa.ForeignKey("papers.id")),
    of_case(),
    column("signer"),
    column("position", sa.Integer),
    column("capacity"),  # self, agent, company, office
    column("way"),  # wet: on paper
    column("scan", nullable=True),  # SHA-256 of the signed copy
    column("witness", Id),
    column("at", Moment),
    sa.UniqueConstraint("paper_id", "capacity", "position"),
    info={"history": ("id", "paper_id", "case_id", "capacity", "position", "way", "scan")},
)

files = sa.Table(
    "files",
    metadata,
    column("hash", primary_key=True),
    column("kind"),
    column("size", sa.BigInteger),
    column("name"),
    column("stored_at", Moment),
    column("stored_by", Id),
)
