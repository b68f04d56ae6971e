"""All tables, one module for each room. Importing this package fills the metadata."""
