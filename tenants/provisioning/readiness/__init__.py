"""May this tenant be opened to the public? A list that a machine checks, and the opening itself."""
