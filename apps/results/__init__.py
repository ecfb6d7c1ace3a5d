"""What comes out of a dossier: approved, signed, numbered, issued and delivered, each act with its evidence."""
