"""Ground: money, identity, dates and clock, actor, errors. Plain values; imports nothing of dealflow."""
