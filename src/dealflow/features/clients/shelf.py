"""What the clients room offers to workflow files: who he is, his archive, and the buyers of a deal. Pure."""

from collections.abc import Iterator, Mapping

import msgspec

from dealflow.casework.changes import Add, Change, Link, Say, Set
from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.db.tables.clients import clients
from dealflow.features.clients import rules
from dealflow.features.clients.parts import BUYERS, CLIENT, CLIENT_BY_PHONE, client_id
from dealflow.features.clients.texts import TEXTS
from dealflow.kernel import canonical, identity
from dealflow.kernel.errors import Invalid, Unmet

shelf = Shelf("clients", TEXTS)


@shelf.guard()
def phone_valid(d: Dossier) -> Iterator[Unmet]:
    """A phone by which the client can be found again (R-REG-10)."""
    given = d.text("phone")
    try:
        identity.phone(given)
    except Invalid:
        yield Unmet("clients.phone_invalid", {"phone": identity.mask_phone(given)})


@shelf.guard()
def named(d: Dossier) -> Iterator[Unmet]:
    """The client has a name, and one that every paper can show (R-REG-02)."""
    name = d.text("name").strip()
    fault = identity.name_fault(name)
    if not name:
        yield Unmet("clients.name_missing")
    elif fault == "long":
        yield Unmet("clients.name_long", {"length": len(name), "limit": identity.LONGEST_NAME})
    elif fault:
        yield Unmet("clients.name_unseen")


@shelf.guard()
def archive_opened(d: Dossier) -> Iterator[Unmet]:
    """An archive may begin with name and salesperson alone (R-ARC-04, E-068); an item it does not have is refused."""
    given = d.answers.get("archive")
    if given is None:
        return
    if not isinstance(given, Mapping):
        yield Unmet("clients.archive_malformed")
        return
    if unknown := rules.unknown_fields(map(str, given)):
        yield Unmet("clients.archive_field_unknown", {"fields": "、".join(unknown)})
    if long := rules.too_long(given):
        yield Unmet("clients.archive_too_long", {"fields": "、".join(long), "limit": rules.LONGEST_VALUE})


@shelf.effect(CLIENT_BY_PHONE)
def remember(d: Dossier) -> Iterator[Change]:
    """Add the client unless the project knows this phone; the case has him as its client from now on.

    A known client keeps name and date of first sight: what was said this time stands in the register line."""
    if d.one(CLIENT_BY_PHONE) is None:
        row = {
            "id": client_id(d),
            "project_id": d.project.id,
            "name": d.text("name").strip(),
            "phone": d.text("phone"),
            "area": d.text("area"),
            "channel": d.text("channel"),
            "since": d.now,
            "archive": canonical.text({}),
        }
        says = Say("clients.will_remember", {"name": row["name"]})
        yield Add(clients, row, otherwise=Say("clients.phone_just_registered"), says=says)
    yield Link("client", client_id(d))


@shelf.effect(CLIENT)
def open_archive(d: Dossier) -> Iterator[Change]:
    """Add what is known to the archive of the client."""
    client, given = d.one(CLIENT), d.answers.get("archive")
    if client is None or not isinstance(given, Mapping):
        return
    known = rules.merged(_known(client.archive), given)
    yield Set(
        clients,
        {"id": client.id},
        {"archive": canonical.text(known)},
        expecting={"archive": client.archive},
        otherwise=Say("clients.archive_changed"),
        says=Say("clients.will_archive", {"filled": len(known)}),
    )


@shelf.fact(CLIENT)
def name(d: Dossier) -> str | None:
    """The client's name."""
    client = d.one(CLIENT)
    return client.name if client else None


@shelf.fact(CLIENT)
def phone(d: Dossier) -> str | None:
    """His phone, normalised."""
    client = d.one(CLIENT)
    return client.phone if client else None


@shelf.fact(CLIENT)
def number(d: Dossier) -> str | None:
    """The number of his file."""
    client = d.one(CLIENT)
    return rules.number_of(client.id) if client else None


@shelf.fact(CLIENT)
def archive(d: Dossier) -> list[dict[str, object]] | None:
    """Every item of the archive, also those not filled yet."""
    client = d.one(CLIENT)
    return rules.sheet(_known(client.archive)) if client else None


@shelf.fact(BUYERS)
def buyers(d: Dossier) -> list[dict[str, object]] | None:
    """The buyers in contract order."""
    found = sorted(d[BUYERS], key=lambda b: b.position)
    return [
        {
            "name": b.name,
            "id_kind": rules.DOCUMENTS.get(b.document_kind, b.document_kind),
            "id_number": b.document,
            "phone": b.phone,
            "address": b.address,
        }
        for b in found
    ] or None


@shelf.fact(BUYERS)
def buyer_names(d: Dossier) -> str | None:
    """The buyers' names in contract order."""
    return "、".join(b.name for b in sorted(d[BUYERS], key=lambda b: b.position)) or None


def _known(archive_text: str) -> dict[str, str]:
    return msgspec.json.decode(archive_text, type=dict[str, str])
