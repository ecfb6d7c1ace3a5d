"""The checklist of papers: which were handed in, how many, with which files."""

from apps.dossiers.intake import ComponentIn
from frontend.access import StaffRequest
from frontend.desk.forms.reading import read_count
from frontend.desk.uploads import keep_uploads

PREFIX = "components."


def read_papers(request: StaffRequest) -> tuple[ComponentIn, ...]:
    """One for each paper that is ticked or has a file. The quantities of one that is not ticked do not count."""
    keys = list(
        dict.fromkeys(
            name[len(PREFIX) :].rsplit(".", 1)[0]
            for name in [*request.POST, *request.FILES]
            if name.startswith(PREFIX) and "." in name[len(PREFIX) :]
        )
    )
    papers = []
    for key in keys:
        at = f"{PREFIX}{key}"
        files = keep_uploads(request, f"{at}.file")
        there = request.POST.get(f"{at}.there") == "1"
        if there or files:
            papers.append(
                ComponentIn(
                    key=key,
                    originals=read_count(request.POST.get(f"{at}.originals", "")) if there else 0,
                    copies=read_count(request.POST.get(f"{at}.copies", "")) if there else 0,
                    file_ids=files,
                )
            )
    return tuple(papers)
