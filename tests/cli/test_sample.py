"""The sample project: made once, through the use cases, whole, and lived up to the moment of its making."""

from collections import Counter
from collections.abc import Iterator

import pytest

from dealflow.bootstrap import Dealflow, throwaway
from dealflow.casework.doctor import examine
from dealflow.cli.demo import sample
from dealflow.cli.play.houses import EMPTY, Houses
from dealflow.features.deals import queries as deals
from dealflow.features.staff import queries as staff
from dealflow.features.units import queries as units
from dealflow.testing import FixedClock


@pytest.fixture(scope="module", params=["2025-03-10 08:00", "2025-03-10 15:30"])
def loaded(request: pytest.FixtureRequest, houses: Houses) -> Iterator[Dealflow]:
    template = houses.template(EMPTY)
    url = throwaway.copy(template.settings.database)
    dealflow = template.beside(url, FixedClock(request.param))
    assert sample.load_once(dealflow)
    yield dealflow
    dealflow.close()
    throwaway.drop(url)


def test_it_has_twenty_units_ten_people_ten_clients_in_every_stage(loaded: Dealflow) -> None:
    with loaded.reading() as uow:
        stock = units.grid(uow.connection, uow.project_id)
        people = staff.people(uow.connection, uow.project_id)
        states = Counter(row.state for row in deals.search(uow.connection, uow.project_id, deals.Reader(0, all=True)))
    assert (len(stock), len(people), states.total()) == (20, 10, 10)
    assert set(states) == {"new_visit", "tracked", "reserved", "deposit_part", "deposit_full", "subscribed", "lost"}


def test_everything_in_it_is_whole_and_nothing_lies_in_the_future(loaded: Dealflow) -> None:
    with loaded.reading() as uow:
        assert examine(uow.connection, uow.house).findings == ()
        rows = deals.search(uow.connection, uow.project_id, deals.Reader(0, all=True))
    assert max(row.moved_at for row in rows) <= loaded.clock.now()


def test_a_second_start_leaves_it_alone(loaded: Dealflow) -> None:
    assert not sample.load_once(loaded)
