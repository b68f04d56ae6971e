"""The clock's door: deadlines that have passed and work that waits, done by a plain loop, inside `serve` or apart in `work`."""
