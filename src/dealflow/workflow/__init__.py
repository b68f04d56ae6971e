"""The engine: a lifecycle is a file, read once, checked before the doors open. No word of real estate, SQL or HTTP."""
