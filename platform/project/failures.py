"""What broke outside of a view, in a middleware for instance: a page for people, a problem document for programs."""

from django.http import HttpRequest, HttpResponse

from api import errors as for_programs
from frontend import errors as for_people


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is being handled."""
    answer = for_programs.failed if request.path_info.startswith("/api/") else for_people.failed
    return answer(request)
