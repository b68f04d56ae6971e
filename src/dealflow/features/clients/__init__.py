"""Clients: whom the project knows, by phone, and the archive kept on each of them.

Owns the table `clients`. Other rooms find the client of a step with `parts.client_id`."""
