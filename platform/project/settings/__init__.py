"""base is for every place; local, test and production differ from it in few lines."""
