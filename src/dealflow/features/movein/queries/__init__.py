"""Reads for pages, the API and this room's use cases."""
