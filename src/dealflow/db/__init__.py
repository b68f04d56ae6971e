"""Engine, dialects, all tables and their migrations. The only home of the database drivers."""
