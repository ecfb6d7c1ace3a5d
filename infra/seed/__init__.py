"""What the demo is filled with: believable, and made anew as often as wanted."""
