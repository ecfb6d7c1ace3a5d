"""How the house is run: embedded services, demo, bench."""
