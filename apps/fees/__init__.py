"""What a dossier costs, what was paid, what is still owed. Amounts are whole đồng."""
