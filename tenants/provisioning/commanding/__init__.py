"""What ``manage.py tenant`` can do: one module a family of verbs.

``manage.py tenant`` finds every module of the packages that
``settings.TENANT_COMMAND_PACKAGES`` names and calls its ``add(sub)``, which adds
the module's subparsers and says with ``set_defaults(run=…)`` which function
carries each out: ``run(options, say)``, with the parsed options and a function
that writes a line. A DomainError becomes the command's error. Verbs that need a
room above ``tenants`` stand in ``project.commanding``.
"""
