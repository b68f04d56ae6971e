"""One altered row of a sale is found and named: money, papers, signatures and claims derive from the chained events alone."""

import pytest

from dealflow.casework.doctor import examine
from tests.makers.office import Office


@pytest.fixture
def sale(office: Office) -> Office:
    """A client who gave up a hold and got his money back, and one who has paid the deposit and signed."""
    given_up = office.held("1-1202", n=2, name="李想")
    released = office.step(given_up.case, "release_hold", "A", reason="客户放弃")
    office.do(by="F", use_case="payments.pay_refund", refund=released.opened["refund"], received_by="李想", method="cash")
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "20000.00")
    office.step(deal, "write_agreement", "A")
    scan = office.world.value("scan")
    office.do(by="A", use_case="documents.record_signature", deal=deal, paper="D-18", signer=1, way="wet", scan=scan)
    office.step(deal, "agree", "M")
    office.doctor()
    return office


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("update receipts set void = true", "money.differs"),
        ("update receipts set cleared = false", "money.differs"),
        ("update refunds set paid_at = null", "money.differs"),
        ("update claims set live = false where live = true", "money.differs"),
        ("delete from signatures", "money.differs"),
        ("update ledger set fen = fen + 1 where account = 'deposit'", "money.differs"),
        ("update papers set voided_at = issued_at where kind = 'D-18'", "paper.untold"),
        ("update cases set state = 'tracked' where state = 'subscribed'", "replay.state"),
    ],
)
def test_one_altered_row_is_found_and_named(sale: Office, statement: str, code: str) -> None:
    with sale.dealflow.database.several.begin() as c:
        c.exec_driver_sql(statement)
    with sale.dealflow.reading() as uow:
        assert code in {f.code for f in examine(uow.connection, uow.house).findings}
