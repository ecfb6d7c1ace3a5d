"""What a rollout begins with, begun before the program is loaded: until then the server and the other core are idle."""

from argparse import ArgumentError, ArgumentParser


def look_ahead(words: list[str]) -> None:
    """``words`` of the command line. Only where every ring comes at once: elsewhere a look would be too old by then."""
    if words[:2] != ["release", "start"]:
        return
    parser = ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--release")
    parser.add_argument("--soak")
    try:
        known, _rest = parser.parse_known_args(words[2:])
    except ArgumentError:  # the command says so itself
        return
    if known.soak != "0":
        return
    # Imported late: no other command needs them, and not so early.
    from django.conf import settings

    from kernel import log
    from tenants.releases.foreseeing import begin_early

    log.configure(json=not settings.DEBUG)
    begin_early(known.release)
