"""One tenant is merged into another: rows, files, code and hosts.

Knows no word of the domain: which tables there are, what refers to what and
what stays behind is declared by the roof (``project.merging``) in the words of
``plan``. ``merge_tenants`` runs it, ``preview_merge`` shows what it would do,
``abandon_merge`` takes it back as long as no row was moved.
"""
