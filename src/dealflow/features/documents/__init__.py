"""Documents: numbered papers as frozen records, who signed them and who keeps them, stored files.

Owns the tables `papers` (written by the corridor when a step issues them), `signatures` and `files`."""
