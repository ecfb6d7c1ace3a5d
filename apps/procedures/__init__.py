"""The law of one tenant: which wording of a procedure is in force here, and since when.

An adopted version is a copy, made once and never changed: a dossier points for ever at its own.
"""
