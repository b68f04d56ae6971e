"""Thirty-two clients hold one unit at the same instant: one gets it, the others hear why, nothing is half made."""

import threading

import pytest
import sqlalchemy as sa

from dealflow.casework.command import Command
from dealflow.db.tables.payments import ledger, receipts
from dealflow.db.tables.units import claims
from dealflow.kernel.errors import Conflict, DealflowError, Refused
from tests.makers.office import Office

MANY = 32


@pytest.mark.slow
def test_thirty_two_who_hold_one_unit_at_once_one_gets_it_e_092_r_dep_10(office: Office) -> None:
    deals = [office.tracked(n, f"客户{n}", "A") for n in range(1, MANY + 1)]
    unit, finance, start = office.world.unit("1-1201"), office.world.person("F"), threading.Barrier(MANY)
    said: list[str] = [""] * MANY

    def want(place: int) -> None:
        paid = {
            "amount": "500.00",
            "payer": office.payer(place + 1, f"客户{place + 1}"),
            "method": "pos",
            "source_of_funds": "自有资金",
        }
        fields, command = {"deal": deals[place], "unit": unit, **paid}, Command(f"hold/{place}", finance)
        start.wait()
        try:
            answer = office.dealflow.carry_out(
                lambda uow: office.dealflow.book.do(uow, command, "payments.take_hold_fee", fields)
            )
            said[place] = str(answer.state)
        except Refused as no:
            said[place] = " ".join(sorted(no.codes))
        except Conflict as lost:
            said[place] = lost.code
        except DealflowError as odd:
            said[place] = repr(odd)

    threads = [threading.Thread(target=want, args=(place,)) for place in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("reserved") == 1
    assert {s for s in said if s != "reserved"} <= {"units.taken", "units.taken_now", "casework.moved_on"}
    with office.dealflow.database.readers.connect() as c:
        rows = {t.name: c.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in (claims, receipts, ledger)}
    assert rows == {"claims": 1, "receipts": 1, "ledger": 1}
    assert office.state("1-1201") == "held"
    office.doctor()
