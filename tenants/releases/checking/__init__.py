"""What would hurt the code that is still running, found before anything is rolled out, and without a database.

Judged are the operations of every migration between one manifest and the next,
by the models before and after it, not by its text (only RunSQL is text).
``checking.releases.check_releases`` is the way in.
"""
