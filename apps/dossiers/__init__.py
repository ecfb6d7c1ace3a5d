"""The job itself: a dossier from the hand that gives it to the hand that takes the result."""
