"""Arithmetic of the ledger on plain values: where money stands, and the lines that move it. Called by the payments shelf.

Every line is made from money that stands somewhere, so an account can never be taken below zero.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HOLD: Final = "hold"
DEPOSIT: Final = "deposit"
PRICE_DEPOSIT: Final = "price_deposit"  # deposit that counts toward the price; a withdrawal still knows it as deposit
PRICE: Final = "price"
PREPAYMENT: Final = "prepayment"  # paid before it is due
DEPOSITS: Final = (DEPOSIT, PRICE_DEPOSIT)
DUE_ONLY: Final = (PRICE_DEPOSIT, PRICE)
FOR_PRICE: Final = (PRICE_DEPOSIT, PRICE, PREPAYMENT)
ACCOUNTS: Final = {"hold_fee": HOLD, "deposit": DEPOSIT, "price": PRICE}  # purpose of a receipt -> the account of its money

AT_ONCE: Final = frozenset({"cash", "pos", "scan"})
ON_CONFIRMATION: Final = frozenset({"cheque", "transfer"})  # count when the bank's statement shows them
METHODS: Final = AT_ONCE | ON_CONFIRMATION
WAITING: Final = "_uncleared"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of one receipt in an account of a case: as it stands there, or as a line adds it."""

    case: int
    account: str
    receipt: int
    fen: int

    @property
    def base(self) -> str:
        """The account, whether or not the bank has confirmed the money."""
        return self.account.removesuffix(WAITING)

    @property
    def uncleared(self) -> bool:
        """Whether the bank has still to confirm it."""
        return self.account.endswith(WAITING)


def received(case: int, base: str, receipt: int, fen: int, method: str) -> tuple[Money, ...]:
    """The line of new money: cash, card and code count at once, cheques and transfers once confirmed."""
    return (Money(case, base if method in AT_ONCE else base + WAITING, receipt, fen),)


def received_for_price(case: int, receipt: int, fen: int, method: str, room: int) -> tuple[Money, ...]:
    """The lines of new money for the price: as much as is due, the rest as prepayment."""
    due = min(fen, max(0, room))
    parts = ((PRICE, due), (PREPAYMENT, fen - due))
    return tuple(line for base, part in parts if part for line in received(case, base, receipt, part, method))


def cleared(money: Iterable[Money]) -> tuple[Money, ...]:
    """The lines by which what waits begins to count, wherever it stands."""
    waiting = [m for m in money if m.uncleared]
    return tuple(line for m in waiting for line in (_out(m), Money(m.case, m.base, m.receipt, m.fen)))


def moved(money: Iterable[Money], case: int, base: str) -> tuple[Money, ...]:
    """The lines that carry money to another account or case. What waits goes on waiting there."""
    lines: list[Money] = []
    for m in money:
        there = Money(case, base + WAITING if m.uncleared else base, m.receipt, m.fen)
        if (there.case, there.account) != (m.case, m.account):
            lines += (_out(m), there)
    return tuple(lines)


def used(money: Iterable[Money], due: int) -> tuple[Money, ...]:
    """The lines by which prepayments pay what has fallen due; the bank's confirmed money goes first."""
    money = tuple(money)
    room = missing(due, total(m for m in money if m.base in DUE_ONLY))
    early = sorted((m for m in money if m.base == PREPAYMENT), key=lambda m: m.uncleared)
    return tuple(line for piece in _up_to(early, room) for line in moved((piece,), piece.case, PRICE))


def _up_to(money: Iterable[Money], fen: int) -> Iterator[Money]:
    """Money in its order, as far as the sum goes."""
    for m in money:
        part = min(fen, m.fen)
        if part:
            yield Money(m.case, m.account, m.receipt, part)
        fen -= part


def taken_out(money: Iterable[Money]) -> tuple[Money, ...]:
    """The lines by which money leaves: paid out, or reversed because it never came."""
    return tuple(_out(m) for m in money)


def _out(money: Money) -> Money:
    return Money(money.case, money.account, money.receipt, -money.fen)


def posted(standing: Iterable[Money], lines: Iterable[Money]) -> tuple[Money, ...]:
    """Where money stands once the lines are posted: summed by receipt, case and account, without empty places."""
    sums: dict[tuple[int, int, str], int] = {}
    for m in (*standing, *lines):
        place = (m.receipt, m.case, m.account)
        sums[place] = sums.get(place, 0) + m.fen
    return tuple(Money(case, account, receipt, fen) for (receipt, case, account), fen in sorted(sums.items()) if fen)


def total(money: Iterable[Money]) -> int:
    """The sum, in fen."""
    return sum(m.fen for m in money)


def confirmed(money: Iterable[Money]) -> int:
    """The sum of what the bank has confirmed."""
    return total(m for m in money if not m.uncleared)


def missing(agreed: int | None, paid: int) -> int:
    """What is still to pay of an agreed sum; never below zero."""
    return max(0, (agreed or 0) - paid)
