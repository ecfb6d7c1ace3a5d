"""Figures about the work, counted from time to time; nobody below looks at them."""
