"""What all rooms share at the door: sign in, sign out, language, light or dark."""
