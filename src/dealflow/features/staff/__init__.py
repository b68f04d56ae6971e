"""Staff: people, their roles and dated grants, how they sign in and for how long.

Owns the tables `people`, `person_roles`, `grants`, `sessions` and `attempts`. Doors ask `queries` who acts."""
