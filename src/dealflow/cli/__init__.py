"""The command line: opens the doors, checks definitions, plays scenarios, looks after the database, acts for people."""

from dealflow.cli.entry import main as main
