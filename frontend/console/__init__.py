"""For the operators at the centre: the fleet, the templates."""
