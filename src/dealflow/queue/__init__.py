"""The floor that will carry job rows in bulk. Empty until papers are printed in batches (docs/decisions/0006)."""
