"""What sort of process this is: said by whoever begins it, before settings are read.

Not by the environment, which is handed down: what a command begins may be a server, and of another release.
"""

serves = True  # many at once, in threads; a command of manage.py is one thread that does one thing
