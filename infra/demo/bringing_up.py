"""A house of an older day: its schemas come to what the code needs, as an operator brings them, with the doors open.

A process of its own (``python -m infra.demo.bringing_up``): the smoke check of the
gates asks the web server, and the command gives way to everybody else for good.
"""

import django


def main() -> int:
    django.setup()
    # Imported late: apps are ready only now.
    from django.core.management import CommandError, call_command

    from tenants.releases.manifests import newest_manifest

    try:
        needed = newest_manifest().needs_schema_from
        # Nobody is let in meanwhile: there is nothing to watch.
        call_command("release", "start", "--release", needed, "--soak", "0")
    except CommandError as refused:
        print(refused)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
