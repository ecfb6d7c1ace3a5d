"""The editor of processes, its exchange of files and its simulation: one for every room that owns a draft."""
