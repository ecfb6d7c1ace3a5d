"""An archive in a bucket: there whole or not at all, however it is broken off.

It is written to this machine first, without a name, because a member's length is known only when it is written.
Then it goes up in parts, and S3 makes an object of them in one stroke; parts that nobody has joined are no object.
What is held in memory is one part.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import IO, Any, BinaryIO, cast

import boto3
from botocore.exceptions import IncompleteReadError, ReadTimeoutError, ResponseStreamingError
from django.conf import settings

from kernel.files.bucket import as_store_fault, client_config
from kernel.files.faults import Cause, StoreFault, words_of
from tenants.provisioning.archive.errors import (
    ArchiveBeingWritten,
    ArchiveExists,
    ArchiveNotWritten,
    ArchiveUnreadable,
)
from tenants.provisioning.archive.places import Remote

PART = 16 << 20
_MOST_PARTS = 10_000  # of S3's
_CHUNK = 1 << 20
_READS = 5
_CUT_OFF = (IncompleteReadError, ReadTimeoutError, ResponseStreamingError)


def client() -> Any:
    """With the connection of the settings; the credentials botocore finds for itself."""
    how = dict(settings.S3_CONNECTION)
    endpoint, region = how.pop("endpoint_url"), how.pop("region_name")
    return boto3.Session().client(
        "s3", endpoint_url=endpoint, region_name=region, config=client_config(**how)
    )


class Upload:
    """``sink`` takes the archive; ``settle`` carries it up, ``keep`` makes it an object."""

    def __init__(self, place: Remote, sink: BinaryIO) -> None:
        self.place, self.sink = place, sink
        self._at = {"Bucket": place.bucket, "Key": place.key}
        self._parts: list[dict[str, Any]] = []
        self._id = ""

    @cached_property
    def _client(self) -> Any:
        return client()

    def begin(self) -> None:
        """Before the hours of writing: is the bucket there, may we, and is the name free?

        What a killed run of this name left is thrown away. If that run lives, it is refused at its next part.
        """
        self._refuse_existing()
        for left in self._client.list_multipart_uploads(Bucket=self.place.bucket, Prefix=self.place.key).get(
            "Uploads", ()
        ):
            if left["Key"] == self.place.key:
                self._client.abort_multipart_upload(**self._at, UploadId=left["UploadId"])
        self._id = self._client.create_multipart_upload(**self._at)["UploadId"]

    def settle(self) -> None:
        size = self.sink.seek(0, 2)
        part = max(PART, -(-size // _MOST_PARTS))
        self.sink.seek(0)
        with as_store_fault():
            for number in range(1, max(1, -(-size // part)) + 1):
                piece = self.sink.read(part)
                answer = self._client.upload_part(
                    **self._at, UploadId=self._id, PartNumber=number, Body=piece
                )
                self._parts.append({"PartNumber": number, "ETag": answer["ETag"]})

    def keep(self) -> None:
        with as_store_fault():
            self._refuse_existing()
            self._client.complete_multipart_upload(
                **self._at, UploadId=self._id, MultipartUpload={"Parts": self._parts}
            )

    def give_up(self) -> None:
        if self._id:
            with suppress(StoreFault), as_store_fault():
                self._client.abort_multipart_upload(**self._at, UploadId=self._id)

    def _refuse_existing(self) -> None:
        found = self._client.list_objects_v2(Bucket=self.place.bucket, Prefix=self.place.key, MaxKeys=1)
        if any(one["Key"] == self.place.key for one in found.get("Contents", ())):
            raise ArchiveExists(path=self.place)


@contextmanager
def whole_object(place: Remote, *, tenant: str) -> Iterator[Upload]:
    """Raises ArchiveExists, ArchiveBeingWritten, ArchiveNotWritten."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, buffering=_CHUNK) as sink:
        upload = Upload(place, cast(BinaryIO, sink))
        try:
            with as_store_fault():
                upload.begin()
            yield upload
        except BaseException as fault:
            upload.give_up()
            if isinstance(fault, StoreFault) and fault.code == "NoSuchUpload":
                raise ArchiveBeingWritten(path=place) from None
            if isinstance(fault, OSError):
                raise ArchiveNotWritten(path=place, why=words_of(fault), tenant=tenant) from fault
            raise


@contextmanager
def fetched(place: Remote) -> Iterator[BinaryIO]:
    """The object as a file of this machine that nobody else sees. Raises ArchiveUnreadable."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, buffering=_CHUNK) as held:
        try:
            with as_store_fault():
                _fetch(place, held)
        except OSError as fault:
            raise ArchiveUnreadable(path=place, why=words_of(fault)) from fault
        held.seek(0)
        yield cast(BinaryIO, held)


def _fetch(place: Remote, held: IO[bytes]) -> None:
    """Goes on where a connection was cut, as long as it is the same object."""
    asking = client()
    tag: dict[str, str] = {}
    for left in reversed(range(_READS)):
        begun = held.tell()
        wanted = {"Range": f"bytes={begun}-"} if begun else {}
        answer = asking.get_object(Bucket=place.bucket, Key=place.key, **wanted, **tag)
        tag = {"IfMatch": answer["ETag"]}
        try:
            for piece in answer["Body"].iter_chunks(_CHUNK):
                held.write(piece)
            return
        except _CUT_OFF:
            if not left:
                raise
    raise StoreFault(Cause.AWAY, "?")
