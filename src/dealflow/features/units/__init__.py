"""Units: the buildings with their sales licence, the units with price and state, and who claims a unit.

Owns the tables `projects`, `buildings`, `units` and `claims`. Deals move a unit through the effects on
this shelf; the office offers, withholds and blocks it."""
