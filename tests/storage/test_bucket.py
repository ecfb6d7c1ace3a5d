"""The storage in a bucket does what Django promises of a storage, and says it as Django does."""

import tracemalloc

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import override_settings

from kernel.files.bucket import HELD_IN_MEMORY, BucketStorage
from kernel.files.faults import Cause, StoreFault
from project.settings.stores import default_store, require_tls

KEY = "h21/2026/11/23/abc"
MEGABYTE = 1 << 20


def test_default_store_is_the_disk_until_a_bucket_is_named(tmp_path):
    told = default_store({}, media_root=tmp_path)
    assert told == {
        "BACKEND": f"{FileSystemStorage.__module__.rpartition('.')[0]}.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    in_bucket = default_store({"S3_BUCKET": "b", "AWS_SECRET_ACCESS_KEY": "s3cret"}, media_root=tmp_path)
    assert in_bucket["BACKEND"] == f"{BucketStorage.__module__}.BucketStorage"
    assert "s3cret" not in str(in_bucket)  # a page of failures that dumps the settings has nothing to show


def test_require_tls_refuses_a_plain_endpoint():
    require_tls({})
    require_tls({"S3_ENDPOINT": "https://kho.example"})
    require_tls({"S3_ENDPOINT": "http://10.0.0.5:9000", "S3_PLAIN_HTTP": "1"})
    with pytest.raises(ImproperlyConfigured, match="https"):
        require_tls({"S3_ENDPOINT": "http://10.0.0.5:9000"})


def test_save_open_size_list_and_delete(bucket, store):
    content = b"\x00\xff" * MEGABYTE
    assert default_storage.save(KEY, ContentFile(content)) == KEY
    assert default_storage.exists(KEY)
    assert default_storage.size(KEY) == len(content)
    with default_storage.open(KEY, "rb") as stream:
        assert stream.size == len(content)
        stream.seek(1)
        assert stream.read(2) == b"\xff\x00"
    assert default_storage.listdir("h21/2026/11") == (["23"], [])
    assert default_storage.listdir("h21/2026/11/23") == ([], ["abc"])
    default_storage.delete(KEY)
    default_storage.delete(KEY)
    assert store.keys(bucket) == []


def test_save_never_writes_over_what_is_there(bucket, store):
    default_storage.save(KEY, ContentFile(b"first"))
    other = default_storage.save(KEY, ContentFile(b"second"))
    assert other != KEY
    assert store.bytes_of(bucket, KEY) == b"first"


def test_save_says_nothing_about_rights(bucket, store):
    """Newer buckets refuse an object that comes with an ACL; without one it is its owner's alone."""
    default_storage.save(KEY, ContentFile(b"x"))
    grants = store.client.get_object_acl(Bucket=bucket, Key=KEY)["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    assert default_storage.default_acl is None


def test_open_says_what_is_not_there_as_a_disk_would(bucket):
    with pytest.raises(FileNotFoundError):
        default_storage.open(KEY, "rb")


def test_open_holds_no_more_than_a_megabyte_in_memory(bucket):
    """With django-storages' own file, held in memory whole, the peak is the size of the object and more."""
    size = 12 * MEGABYTE
    default_storage.save(KEY, ContentFile(bytes(size)))
    with default_storage.open("h21/2026/11/23/abc", "rb"):
        pass  # what is loaded once, is
    tracemalloc.start()
    with default_storage.open(KEY, "rb") as stream:
        read = sum(len(piece) for piece in iter(lambda: stream.read(1 << 16), b""))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == size
    assert peak < 4 * HELD_IN_MEMORY


def test_open_begins_again_when_the_connection_is_cut(bucket, store):
    """Take the second attempt out of ``_fetched`` and the first cut ends it."""
    content = bytes(range(256)) * 8192
    default_storage.save(KEY, ContentFile(content))
    store.fault("cut_answer", method="GET", times=1, after=100_000)
    with default_storage.open(KEY, "rb") as stream:
        assert stream.read() == content


def test_open_gives_no_half_of_an_object(bucket, store):
    default_storage.save(KEY, ContentFile(bytes(300_000)))
    store.fault("cut_answer", method="GET", after=100_000)
    with pytest.raises(StoreFault) as caught:
        default_storage.open(KEY, "rb")
    assert caught.value.cause is Cause.AWAY


def test_open_refuses_a_byte_that_was_changed_on_the_way(bucket, store):
    """S3 keeps a checksum of every object; ours asks again, and then says so."""
    default_storage.save(KEY, ContentFile(bytes(300_000)))
    store.fault("flip", method="GET", times=1, after=100_000)
    with default_storage.open(KEY, "rb") as stream:
        assert stream.read() == bytes(300_000)
    store.fault("flip", method="GET", after=100_000)
    with pytest.raises(StoreFault) as caught:
        default_storage.open(KEY, "rb")
    assert caught.value.cause is Cause.CHANGED


def test_save_tries_again_when_the_server_is_busy(bucket, store):
    store.fault("slow_down", method="PUT", times=1)
    default_storage.save(KEY, ContentFile(b"content"))
    assert store.bytes_of(bucket, KEY) == b"content"


def test_save_that_is_cut_off_leaves_nothing(bucket, store):
    store.fault("cut_request", method="PUT", after=1000)
    with pytest.raises(StoreFault) as caught:
        default_storage.save(KEY, ContentFile(bytes(300_000)))
    assert caught.value.cause is Cause.AWAY
    assert store.keys(bucket) == store.half_done(bucket) == []


@pytest.mark.parametrize(
    ("kind", "cause"), [("full", Cause.FULL), ("denied", Cause.RIGHT), ("slow_down", Cause.BUSY)]
)
def test_save_says_why_the_server_refused(bucket, store, kind, cause):
    store.fault(kind, method="PUT")
    with pytest.raises(OSError, match=r"\w") as caught:
        default_storage.save(KEY, ContentFile(b"x"))
    assert caught.value.cause is cause
    assert store.keys(bucket) == []


def _with(store, **changed):
    key = changed.pop("key", None)
    return override_settings(STORAGES=store.settings(changed.pop("bucket", "kho-tep-1"), key=key, **changed))


def test_every_wrong_setting_is_told_by_its_own_cause(store):
    right = store.key
    wrong = {
        Cause.KEY: _with(store, key=right | {"secret_key": "x" * 40}),
        Cause.BUCKET: _with(store, bucket="khong-co-kho-nay"),
        Cause.RIGHT: _with(store, key=store.reader),
        Cause.AWAY: _with(store, S3_ENDPOINT="http://127.0.0.1:1"),
        Cause.TLS: _with(store, S3_ENDPOINT=store.endpoint.replace("http:", "https:")),
    }
    store.new_bucket()
    for cause, settings in wrong.items():
        with settings, pytest.raises(StoreFault) as caught:
            default_storage._save(KEY, ContentFile(b"x"))
        assert caught.value.cause is cause, (cause, caught.value)
        assert caught.value.__suppress_context__
    with _with(store, key={}), pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        with pytest.raises(StoreFault) as caught:
            default_storage._save(KEY, ContentFile(b"x"))
    assert caught.value.cause is Cause.KEY
