"""Files on their way in: stored at once, so that a refused form does not ask for them again.

A form carries what was kept as ``<id>:<file name>`` in hidden inputs. The name
is only shown back to the person; whether the file is theirs is the service's question.
"""

from frontend.access import StaffRequest
from kernel.errors import DomainError
from kernel.files import services as files


def keep_uploads(request: StaffRequest, name: str) -> tuple[str, ...]:
    """Public ids of the files of one input: those kept from an earlier try, then those just sent."""
    kept = [value for value in request.POST.getlist(f"{name}_kept") if ":" in value]
    if not hasattr(request, "kept_files"):
        request.kept_files = {}
    request.kept_files[name] = kept
    for upload in request.FILES.getlist(name):
        try:
            stored = files.store(upload=upload, by=request.actor, now=request.now)
        except DomainError as refused:
            refused.field = name.removesuffix(".file")  # beside the paper that it belongs to
            raise
        kept.append(f"{stored.public_id}:{stored.name}")
    return tuple(value.split(":", 1)[0] for value in kept)


def keep_upload(request: StaffRequest, name: str) -> str | None:
    """The same for an input that takes one file; the last one counts."""
    ids = keep_uploads(request, name)
    return ids[-1] if ids else None


def kept_files(request: StaffRequest) -> dict[str, list[tuple[str, str]]]:
    """For the form that is shown again: input → [(value to carry, file name)]."""
    kept: dict[str, list[str]] = {
        name.removesuffix("_kept"): request.POST.getlist(name)
        for name in request.POST
        if name.endswith("_kept")
    }
    kept |= getattr(request, "kept_files", {})
    return {
        name: [(value, value.split(":", 1)[1]) for value in values if ":" in value]
        for name, values in kept.items()
    }
