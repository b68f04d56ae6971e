"""Policies: the numbers, roles and choices of workflows/policies.yaml, and where this project decided otherwise.

Owns the table `policies`, which holds only what differs from the defaults, and the proposals by which two people change it."""
