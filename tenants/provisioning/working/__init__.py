"""Long work on one tenant that an operator asks for in the console and the worker carries out.

``jobs`` is the row from the asking to the end, ``running`` what the worker does
with it; one module a kind of work says what is asked and what comes of it. The
commands (``manage.py tenant export | restore | merge``) call the same services.
"""
