"""The world of the tests: clock, database, signed-in people; nothing else."""
