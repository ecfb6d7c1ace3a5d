import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import ProgrammingError, transaction

from kernel.actors import Actor, ActorKind
from kernel.files import errors, selectors, services
from kernel.files.models import StoredFile
from tenants.registry.context import tenant_context
from tests.platform.kernel.files import uploads

LAN = Actor(kind=ActorKind.STAFF, id=7, name="Lê Thị Lan")
BINH = Actor(kind=ActorKind.STAFF, id=8, name="Trần Văn Bình")


def test_store_keeps_the_bytes_under_the_tenants_key(in_gia_lai, now):
    stored = services.store(upload=uploads.upload("tờ khai.pdf", uploads.PDF), by=LAN, now=now)
    assert (stored.name, stored.content_type, stored.size) == (
        "tờ khai.pdf",
        "application/pdf",
        len(uploads.PDF),
    )
    assert stored.sha256 == hashlib.sha256(uploads.PDF).hexdigest()
    assert stored.key == f"{in_gia_lai.schema_name}/2026/11/23/{stored.public_id.hex}"
    serving = selectors.open_file(selectors.get_file(stored.public_id))
    with serving.stream:
        assert serving.stream.read() == uploads.PDF


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", errors.FileEmpty),
        ("a.pdf", uploads.HTML, errors.FileTypeRefused),
        ("a.exe", uploads.EXE, errors.FileTypeRefused),
        ("a.docx", uploads.WITH_MACROS, errors.FileTypeRefused),
        ("a.png", uploads.PDF, errors.FileNotWhatItSays),
        ("a.html", uploads.PDF, errors.FileNotWhatItSays),
        ("pdf", uploads.PDF, errors.FileNotWhatItSays),
        ("a.pdf.exe", uploads.PDF, errors.FileNotWhatItSays),
        ("a.xlsx", uploads.DOCX, errors.FileNotWhatItSays),
    ],
)
def test_store_refuses_what_is_not_what_it_says(in_gia_lai, now, name, content, refusal):
    with pytest.raises(refusal):
        services.store(upload=uploads.upload(name, content), by=LAN, now=now)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(in_gia_lai.schema_name)


def test_store_refuses_a_file_that_is_too_large(in_gia_lai, now, settings):
    settings.UPLOAD_LARGEST_BYTES = len(uploads.PDF) - 1
    with pytest.raises(errors.FileTooLarge):
        services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    assert not StoredFile.objects.exists()


def test_store_says_that_the_storage_takes_nothing(in_gia_lai, now, tmp_path):
    """A full disk, a bucket that is away: a sentence and a 503, not a failure of ours."""
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(errors.FileNotKept) as caught:
        services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    assert (caught.value.kind.value, "“a.pdf”" in str(caught.value)) == (503, True)
    assert not StoredFile.objects.exists()


def test_open_file_says_that_the_storage_does_not_answer(in_gia_lai, now):
    stored = services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    default_storage.delete(stored.key)
    with pytest.raises(FileNotFoundError):  # lost bytes are no passing trouble: an incident
        selectors.open_file(stored)
    Path(default_storage.path(stored.key)).mkdir()
    with pytest.raises(errors.FileStoreAway):
        selectors.open_file(stored)


def test_find_own_files_leaves_out_those_of_others(in_gia_lai, now):
    own = services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    other = services.store(upload=uploads.upload("b.png", uploads.PNG), by=BINH, now=now)
    asked = [str(own.public_id), str(other.public_id)]
    assert selectors.find_own_files(public_ids=asked, by=LAN) == {str(own.public_id): own.id}


def test_get_file_knows_no_file_of_another_tenant(in_gia_lai, ha_noi, now):
    stored = services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    with tenant_context(ha_noi), pytest.raises(errors.FileAbsent):
        selectors.get_file(stored.public_id)


def test_a_stored_file_is_never_changed(in_gia_lai, now):
    stored = services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    for change in (lambda rows: rows.update(name="khác.pdf"), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change(StoredFile.objects.filter(id=stored.id))


def test_remove_unclaimed_takes_only_the_bytes_of_what_was_rolled_back(in_gia_lai, now):
    kept = services.store(upload=uploads.upload("a.pdf", uploads.PDF), by=LAN, now=now)
    with pytest.raises(RuntimeError, match="the form was refused"), transaction.atomic():
        lost = services.store(upload=uploads.upload("b.png", uploads.PNG), by=LAN, now=now)
        raise RuntimeError("the form was refused")
    assert default_storage.exists(lost.key)
    assert (
        services.remove_unclaimed(now=now + timedelta(days=1)) == 0
    )  # it might still be in an open transaction
    assert services.remove_unclaimed(now=now + timedelta(days=2)) == 1
    assert not default_storage.exists(lost.key)
    assert default_storage.exists(kept.key)


def test_open_file_refuses_the_bytes_of_another_tenant(in_gia_lai):
    """Without the guard in open_file the storage would hand them out: it knows no tenants."""
    foreign = StoredFile(key="h26/2026/11/23/abc", name="a.pdf", content_type="application/pdf", size=1)
    default_storage.save(foreign.key, ContentFile(b"x"))
    with pytest.raises(SuspiciousFileOperation):
        selectors.open_file(foreign)
