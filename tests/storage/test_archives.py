"""An archive that is written into a bucket and read from it: whole or not there, whatever stops it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from tenants.provisioning.archive import errors, remote
from tenants.provisioning.archive.exporting import export_tenant
from tenants.provisioning.archive.listed import open_listed
from tenants.provisioning.archive.places import Remote, place_of, read_place
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.models import Archive, LongJob
from tenants.provisioning.working import exporting, jobs, restoring
from tenants.provisioning.working.running import run_work
from tenants.registry.context import central_context
from tenants.registry.selectors import find_tenant
from tests.journeys.house import ROOT
from tests.tenants.provisioning.archive.conftest import BY, NOW, rows_of, schemas

KEY = "luu/x93.motcua"
MEGABYTE = 1 << 20


@pytest.fixture
def bare_place(store, monkeypatch):
    for name, value in zip(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), store.key.values(), strict=True):
        monkeypatch.setenv(name, value)
    with override_settings(S3_CONNECTION=store.connection()):
        yield Remote(store.new_bucket(), KEY)
    store.heal()


@pytest.fixture
def place(bare_place, province_in_the_house):
    """Citizens' files on the disk, archives in a bucket: one may be had without the other."""
    return bare_place


def _export(place):
    return export_tenant(code="X93", to=place, by=BY, now=NOW)


def _restore(place):
    return restore_tenant(path=place, code="Y94", host="y94.localhost", by=BY, now=NOW)


def _nothing_there(store, place):
    with central_context():
        assert not Archive.objects.filter(path=str(place)).exists()
    assert store.keys(place.bucket) == []
    assert store.half_done(place.bucket) == []


def test_export_into_a_bucket_verify_and_restore(place, store):
    before = rows_of("x93")
    archive = _export(place)
    assert archive.path == f"s3://{place.bucket}/{KEY}"
    assert archive.sha256 == hashlib.sha256(store.bytes_of(place.bucket, KEY)).hexdigest()
    assert (store.keys(place.bucket), store.half_done(place.bucket)) == ([KEY], [])
    with open_listed(archive) as sound:  # as the console looks through it
        assert sound.manifest.files == 3
    restored = _restore(place_of(archive.path))
    assert (restored.files, restored.listed, rows_of("y94")) == (3, True, before)


def test_one_changed_byte_in_the_bucket_is_refused(place, store):
    archive = _export(place)
    content = bytearray(store.bytes_of(place.bucket, KEY))
    content[len(content) // 2] ^= 1
    store.client.put_object(Bucket=place.bucket, Key=KEY, Body=bytes(content))
    before = schemas(), rows_of("x93")
    with pytest.raises(errors.ArchiveBroken):
        _restore(place)
    with pytest.raises(errors.ArchiveNotTheListed), open_listed(archive):
        pass
    assert (schemas(), rows_of("x93")) == before
    assert find_tenant("Y94") is None


@pytest.mark.parametrize(
    ("kind", "method", "skip", "said"),
    [
        ("slow_down", "PUT", 0, "quá tải"),
        ("cut_request", "PUT", 0, "không kết nối"),
        ("full", "PUT", 0, "hết chỗ"),
        ("denied", "POST", 0, "không có quyền"),  # told before anything is written
        ("slow_down", "POST", 1, "quá tải"),  # all parts are there, and nobody joins them
    ],
)
def test_an_export_that_is_stopped_leaves_nothing_and_the_rerun_completes(
    place, store, kind, method, skip, said
):
    """Seen failing with ``give_up`` doing nothing: the parts stay, unseen and paid for."""
    store.fault(kind, method=method, path=KEY, skip=skip, after=10_000)
    with pytest.raises(errors.ArchiveNotWritten) as caught:
        _export(place)
    assert said in str(caught.value)
    for secret in store.key.values():
        assert secret not in str(caught.value)
    store.heal()
    _nothing_there(store, place)
    assert _export(place).files == 3


def test_what_a_killed_export_left_is_thrown_away_by_the_next(place, store):
    left = store.client.create_multipart_upload(Bucket=place.bucket, Key=KEY)["UploadId"]
    other = store.client.create_multipart_upload(Bucket=place.bucket, Key=f"{KEY}.khac")
    store.client.upload_part(Bucket=place.bucket, Key=KEY, UploadId=left, PartNumber=1, Body=b"half")
    _export(place)
    assert store.keys(place.bucket) == [KEY]
    assert store.half_done(place.bucket) == [other["Key"]]


def test_of_two_exports_into_one_name_one_is_refused(place, store):
    """The second has thrown away the parts of the first, which finds it out when it brings the next.

    S3 says NoSuchUpload to that; moto stumbles and says 500, which is refused as well.
    """
    refused = (errors.ArchiveBeingWritten, errors.ArchiveNotWritten)
    with pytest.raises(refused), remote.whole_object(place, tenant="x") as first:
        first.sink.write(b"first")
        with remote.whole_object(place, tenant="x") as second:
            second.sink.write(b"second")
            second.settle()
            second.keep()
        first.settle()
    assert store.bytes_of(place.bucket, KEY) == b"second"
    assert store.half_done(place.bucket) == []
    store.fault("gone", method="PUT", path=KEY)
    with pytest.raises(errors.ArchiveBeingWritten):
        _export(place._replace(key=f"{KEY}.khac"))


def test_an_export_writes_over_nothing(place, store):
    store.client.put_object(Bucket=place.bucket, Key=KEY, Body=b"somebody's")
    with pytest.raises(errors.ArchiveExists):
        _export(place)
    assert store.bytes_of(place.bucket, KEY) == b"somebody's"


def test_reading_goes_on_where_the_connection_was_cut(place, store):
    _export(place)
    store.fault("cut_answer", method="GET", path=KEY, times=2, after=1_000_000)
    store.seen()
    with remote.fetched(place) as held:
        assert held.read() == store.bytes_of(place.bucket, KEY)
    store.fault("cut_answer", method="GET", path=KEY, after=1000)
    with pytest.raises(errors.ArchiveUnreadable, match="không kết nối"):
        _restore(place)
    assert find_tenant("Y94") is None
    with pytest.raises(errors.ArchiveUnreadable, match="NoSuchKey"):
        _restore(place._replace(key="khong-co"))


@pytest.mark.parametrize(
    "text", ["s3://", "s3://kho-tep", "s3://kho-tep/", "s3://Kho/a", "s3://kho-tep/../a", "s3://kho-tep/a b"]
)
def test_read_place_refuses(text):
    with pytest.raises(errors.PlaceRefused):
        read_place(text)


def test_read_place_keeps_archives_apart_from_the_files_of_citizens(store):
    """An archive under a tenant's prefix would go with the tenant when that is dropped."""
    with override_settings(STORAGES=store.settings("kho-tep")):
        with pytest.raises(errors.PlaceRefused):
            read_place("s3://kho-tep/h21/a.motcua")
        assert read_place("s3://kho-tep/archives/a.motcua") == Remote("kho-tep", "archives/a.motcua")
        assert read_place("s3://kho-khac/h21/a.motcua") == Remote("kho-khac", "h21/a.motcua")
    assert read_place("a.motcua") == Path("a.motcua").resolve()


_LARGE = """
import json, re, sys
from pathlib import Path
import django
django.setup()
from tenants.provisioning.archive import remote
from tenants.provisioning.archive.places import Remote
# of this program alone: getrusage counts what the one that started it had held
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
place = Remote(sys.argv[1], "luu/lon.motcua")
remote.client().list_buckets()
told = [peak()]
with remote.whole_object(place, tenant="x") as upload:
    for number in range(int(sys.argv[2])):
        upload.sink.write(bytes([number]) * (1 << 20))
    upload.settle()
    upload.keep()
told.append(peak())
with remote.fetched(place) as held:
    size = held.seek(0, 2)
told.append(peak())
print(json.dumps([size, *told]))
"""


def test_an_archive_of_100_megabytes_takes_no_more_memory_than_a_few_parts(bare_place, store):
    """Seen failing with ``PART = 1 << 27``: one part, held whole. With 200 MB the peak is the same."""
    around = {**os.environ, "S3_ENDPOINT": store.endpoint, "S3_REGION": "us-east-1"}
    asked = [sys.executable, "-c", _LARGE, bare_place.bucket, "100"]
    done = subprocess.run(asked, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    size, before, sent, fetched = json.loads(done.stdout)
    assert size == 100 * MEGABYTE
    assert max(sent, fetched) - before < 60, done.stdout


def test_the_console_exports_verifies_and_restores_by_the_bucket(place, store):
    """ARCHIVE_ROOT names a bucket; the worker needs no disk of its own that outlives it."""
    before, by = rows_of("x93"), BY

    def run(public_id):
        run_work(public_id=public_id, clock=lambda: NOW)
        return jobs.get_work(public_id)

    try:
        with override_settings(ARCHIVE_ROOT=f"s3://{place.bucket}/archives"):
            made = run(exporting.start_export(code="X93", by=by, now=NOW))
        assert made.state == "DONE", made.error
        assert made.report["path"].startswith(f"s3://{place.bucket}/archives/x93-")
        asked = {"code": "X93", "archive_id": made.report["archive"], "by": by, "now": NOW}
        assert run(exporting.start_verify(**asked)).report["files"] == 3
        look = restoring.start_look(**asked)
        assert run(look).report["look"]["files"] == 3
        restoring.confirm_beside(public_id=look, code="Y94", host="y94.localhost", by=by, now=NOW)
        assert run(look).state == "DONE"
        assert rows_of("y94") == before
    finally:
        with central_context():
            LongJob.objects.all().delete()
