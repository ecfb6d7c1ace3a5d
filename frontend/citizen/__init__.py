"""For citizens and businesses: what becomes of my dossier."""
