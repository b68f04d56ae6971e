"""Reception: visits and calls become register lines, leads and further visits of the deals they belong to.

Owns the table `register_lines`, which only ever grows. A desk: it looks up who is known and to whom he belongs."""
