"""Room numbers and figures of units. Pure."""

import pytest

from dealflow.features.units.rules import Figures, full_code, lacking, room_of


@pytest.mark.parametrize(("given", "code"), [("1201", "1-1201"), (" 1-1201 ", "1-1201"), ("", "")])
def test_a_unit_is_called_by_building_and_room(given, code):
    assert full_code("1", given) == code


def test_the_room_alone():
    assert room_of("1-1201") == "1201"
    assert room_of("1201") == "1201"


def test_figures_that_can_be_true_lack_nothing():
    assert list(lacking(Figures(1, 100, 0, 100, 100))) == []


def test_each_figure_that_is_missing_is_named():
    assert list(lacking(Figures(None, None, None, None, None))) == [
        "floor",
        "area_cm2",
        "inner_area_cm2",
        "list_price",
        "lowest_price",
    ]
