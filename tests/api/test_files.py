"""Files over the API: uploaded first, then part of a dossier."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.dossiers.models import ComponentFile
from tenants.registry.context import tenant_context
from tests.api.conftest import BODY

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _pdf(name="to-khai.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def _with_file(file_id):
    return {"components": [{"key": "to-khai", "file_ids": [file_id]}, BODY["components"][1]]}


def test_upload_then_create_attaches_the_file(program, gia_lai):
    answer = program.upload(_pdf())
    assert answer.status_code == 201, answer.content.decode()
    stored = answer.json()
    assert (stored["name"], stored["size"], stored["content_type"]) == (
        "to-khai.pdf",
        len(PDF),
        "application/pdf",
    )
    made = program.create(**_with_file(stored["id"]))
    assert made.status_code == 201, made.content.decode()
    with tenant_context(gia_lai):
        attached = ComponentFile.objects.get(file__public_id=stored["id"])
        assert str(attached.component.dossier.public_id) == made.json()["id"]


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (lambda: _pdf(content=b""), "file.empty"),
        (lambda: _pdf("anh.png"), "file.not_what_it_says"),
        (lambda: _pdf(content=b"MZ\x90\x00" * 40), "file.type_refused"),
        (lambda: _pdf("trang.html", b"<html><script>1</script></html>"), "file.type_refused"),
        (lambda: "", "file.missing"),
    ],
)
def test_upload_refuses(program, refused, upload, code):
    refused(lambda: program.upload(upload()), 422, code, "file")


def test_upload_refuses_what_is_too_large(program, refused, settings):
    settings.UPLOAD_LARGEST_BYTES = 1024
    refused(lambda: program.upload(_pdf(content=PDF + b" " * 1024)), 422, "file.too_large", "file")


def test_a_file_of_another_client_is_unknown(program, make_program, refused):
    other = make_program().sign_in().upload(_pdf()).json()["id"]
    refused(lambda: program.create(**_with_file(other)), 422, "dossier.file_unknown", "components")


def test_a_file_of_another_tenant_is_unknown(program, elsewhere, refused):
    other = elsewhere.upload(_pdf()).json()["id"]
    refused(lambda: program.create(**_with_file(other)), 422, "dossier.file_unknown", "components")


def test_a_file_belongs_to_one_dossier(program, refused):
    file_id = program.upload(_pdf()).json()["id"]
    assert program.create(**_with_file(file_id)).status_code == 201
    refused(lambda: program.create(**_with_file(file_id)), 422, "dossier.file_unknown", "components")
    twice = program.upload(_pdf()).json()["id"]
    components = [{"key": "to-khai", "file_ids": [twice, twice]}, BODY["components"][1]]
    refused(lambda: program.create(components=components), 422, "dossier.file_unknown", "components")
