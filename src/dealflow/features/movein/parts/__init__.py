"""What a dossier may know: of a building's preparation, of a handover, and of the deal behind it."""
