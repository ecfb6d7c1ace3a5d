"""Every component renders, and nothing in it breaks the content security policy."""

import re

from django.test import Client

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_gallery_shows_every_component_without_anything_inline(db):
    answer = Client(HTTP_HOST="localhost").get("/gallery/")

    assert answer.status_code == 200
    assert not INLINE.search(answer.content.decode())
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "style-src 'self'" in answer["Content-Security-Policy"]


def test_gallery_is_not_on_a_tenants_host(in_gia_lai):
    assert Client(HTTP_HOST="gialai.localhost").get("/gallery/").status_code == 404
