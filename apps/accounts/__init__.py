"""Who works here: staff, their duties and how far they reach, who stands in for whom."""
