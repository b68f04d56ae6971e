"""Deals: to whom a client belongs, what was agreed with him (unit, price, plan, buyers, deposit), and how a deal ends or goes on.

Owns the tables `deals`, `buyers`, `plan_lines` and `ownership`."""
