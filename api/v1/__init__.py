"""Version 1 of the door for machines."""
