"""The corridor: reads one dossier of a case, decides (pure), writes everything once. The only place where a case moves."""
