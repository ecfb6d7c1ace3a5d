"""The sub-commands of ``manage.py catalogue``, one module a family.

A module has ``declare(actions)``: it adds its parsers and names the function of each by
``set_defaults(work=…)``. The function is called as ``work(out, by=…, **options)`` in the central
schema and writes lines by ``out.write``; refusals (DomainError) are said by the command. A module is
placed in ``FAMILIES`` of ``commands/catalogue.py``.
"""
