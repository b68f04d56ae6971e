"""Move-in: the developer prepares a building, the client comes with his papers, pays, signs, inspects, and has the keys.

Owns the tables in db/tables/movein.py and the lifecycles `building` and `handover`. A deal opens a handover with its notice and
goes on to after-sales when the keys are handed over."""
