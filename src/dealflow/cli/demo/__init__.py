"""The sample project: a small office in the middle of its day, made through the use cases."""
