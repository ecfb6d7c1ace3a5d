"""The line of the ready list about the storage, when that is a bucket: green, or what is wrong and what to do."""

import pytest
from django.test import override_settings

from tenants.provisioning.readiness.own_checks import storage


def test_storage_is_green_and_leaves_no_object(bucket, store, in_gia_lai, now):
    store.seen()
    line = storage(in_gia_lai, now)
    assert line.ok, line
    asked = [
        (method, path.removeprefix(f"/{bucket}/").partition("/")[0]) for method, path, _size in store.seen()
    ]
    assert ("PUT", "h21") in asked
    assert ("GET", "h21") in asked
    assert store.keys(bucket) == []


@pytest.mark.parametrize(
    ("wrong", "said", "todo"),
    [
        ("key", "khóa truy cập không đúng", "AWS_ACCESS_KEY_ID"),
        ("bucket", "không có kho (bucket) đã khai (NoSuchBucket)", "S3_BUCKET"),
        ("right", "không có quyền này (AccessDenied)", "Cấp cho khóa quyền"),
        ("away", "không kết nối được máy chủ kho tệp", "S3_ENDPOINT"),
        ("tls", "chứng chỉ TLS", "AWS_CA_BUNDLE"),
    ],
)
def test_storage_says_what_is_wrong_and_what_to_do(store, in_gia_lai, now, wrong, said, todo):
    bucket = store.new_bucket()
    settings = {
        "key": lambda: store.settings(bucket, key=store.key | {"secret_key": "x" * 40}),
        "bucket": lambda: store.settings("khong-co-kho-nay"),
        "right": lambda: store.settings(bucket, key=store.reader),
        "away": lambda: store.settings(bucket, S3_ENDPOINT="http://127.0.0.1:1"),
        "tls": lambda: store.settings(bucket, S3_ENDPOINT=store.endpoint.replace("http:", "https:")),
    }[wrong]()
    with override_settings(STORAGES=settings):
        line = storage(in_gia_lai, now)
    assert not line.ok
    assert said in line.said
    assert todo in line.todo
    assert store.keys(bucket) == []
    for secret in (*store.key.values(), *store.reader.values(), "x" * 40):
        assert secret not in f"{line.said} {line.todo}"


def test_storage_that_is_full_is_told(bucket, store, in_gia_lai, now):
    store.fault("full", method="PUT")
    line = storage(in_gia_lai, now)
    assert (line.ok, line.said) == (False, "Không ghi được: kho tệp hết chỗ (InsufficientStorage).")
    assert "Mở rộng kho tệp" in line.todo


def test_storage_that_gives_back_other_bytes_is_told(bucket, store, in_gia_lai, now):
    store.fault("flip", method="GET", path="ready-check", after=3)
    line = storage(in_gia_lai, now)
    assert not line.ok
    assert store.keys(bucket) == []
