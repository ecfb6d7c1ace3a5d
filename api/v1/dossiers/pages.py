"""Cursor pages in the order of submission."""

from rest_framework.pagination import CursorPagination


class DossierPages(CursorPagination):
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
    ordering = "id"
    cursor_query_param = "after"
