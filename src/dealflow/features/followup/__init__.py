"""Follow-up: every recorded contact with a client, which alone keeps a claim alive (R-FUP-03).

Owns the table `follow_ups`, which only ever grows: a wrong entry is corrected by another that names it."""
