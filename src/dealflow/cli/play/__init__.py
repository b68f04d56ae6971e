"""The scenario player: business-readable YAML, run through the same use cases as the doors, with a clock that moves when told."""
