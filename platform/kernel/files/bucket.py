"""The storage in an S3 bucket: django-storages, held to what Django's storages promise.

Three things are ours. A fault is an OSError, whatever went wrong on the way. An
object is fetched whole before anybody gets a byte of it, into memory up to
``HELD_IN_MEMORY`` and onto the disk beyond, so that no page breaks off in the
middle. And everything is carried in the calling thread, in one request: an object
is there whole or not at all.
"""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
    ReadTimeoutError,
    ResponseStreamingError,
    SSLError,
)
from botocore.exceptions import ConnectionError as StoreUnreachable
from django.conf import settings
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from kernel.files.faults import Cause, StoreFault

HELD_IN_MEMORY = 1 << 20
_CHUNK = 1 << 18
_SPOILED_ON_THE_WAY = (IncompleteReadError, ReadTimeoutError, ResponseStreamingError, FlexibleChecksumError)
_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 5, 30, 4
_LARGEST_OF_ONE_REQUEST = 1 << 30  # S3 takes 5 GB; an upload of ours is far below

_CODES = {
    Cause.KEY: {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "401"},
    Cause.RIGHT: {"AccessDenied", "AllAccessDisabled", "AccessControlListNotSupported", "403"},
    Cause.BUCKET: {"NoSuchBucket", "PermanentRedirect", "InvalidBucketName"},
    Cause.FULL: {"InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "507"},
    Cause.BUSY: {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "500", "502", "503", "504"},
    Cause.CLOCK: {"RequestTimeTooSkewed"},
}  # fmt: skip

# Asked for everything, botocore tells each header, the access key in it, and what it has signed.
for _name in ("boto3", "botocore", "s3transfer"):
    logging.getLogger(_name).setLevel(logging.INFO)


@contextmanager
def as_store_fault() -> Iterator[None]:
    """Without what it came from: the frames of botocore hold headers, and a page of failures would show them."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error, RetriesExceededError) as fault:
        raise _told(fault) from None


def _told(fault: Exception) -> StoreFault:
    """What botocore, or what carries for it, has said."""
    if isinstance(fault, ClientError):
        code = str(fault.response.get("Error", {}).get("Code", "?"))
        cause = next((cause for cause, codes in _CODES.items() if code in codes), Cause.OTHER)
        return StoreFault(cause, code, fault.operation_name)
    name = type(fault).__name__
    if isinstance(fault, NoCredentialsError | PartialCredentialsError):
        return StoreFault(Cause.KEY, name)
    if isinstance(fault, FlexibleChecksumError):
        return StoreFault(Cause.CHANGED, name)
    if isinstance(fault, SSLError):
        return StoreFault(Cause.TLS, name)
    if isinstance(fault, StoreUnreachable | HTTPClientError | IncompleteReadError | RetriesExceededError):
        return StoreFault(Cause.AWAY, name)
    return StoreFault(Cause.OTHER, name)


def client_config(*, addressing: str = "auto", attempts: int = _ATTEMPTS) -> Config:
    """A server that is away is told after seconds: a person waits for the answer."""
    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": attempts},
        s3={"addressing_style": addressing},
        signature_version="s3v4",
    )


class BucketStorage(S3Storage):
    """``addressing``: auto, path or virtual; ``attempts`` at a request in all."""

    def __init__(self, *, addressing: str = "auto", attempts: int = _ATTEMPTS, **options: Any) -> None:
        self._attempts = attempts
        super().__init__(
            client_config=client_config(addressing=addressing, attempts=attempts),
            transfer_config=TransferConfig(use_threads=False, multipart_threshold=_LARGEST_OF_ONE_REQUEST),
            **options,
        )

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises FileNotFoundError, StoreFault."""
        if mode != "rb":
            raise ValueError("an object is read, or saved whole")
        key = self._normalize_name(clean_name(name))
        try:
            with as_store_fault():
                return File(self._fetched(key), name=name)
        except StoreFault as fault:
            if fault.code in ("NoSuchKey", "404"):
                raise FileNotFoundError(name) from None
            raise

    def _fetched(self, key: str) -> IO[bytes]:
        """From the start again when the connection is lost in the middle."""
        for left in reversed(range(self._attempts)):
            held = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - whoever opened it closes it
                max_size=HELD_IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR
            )
            try:
                answer = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
                for piece in answer["Body"].iter_chunks(_CHUNK):
                    held.write(piece)
                held.seek(0)
                return held
            except BaseException as fault:
                held.close()
                if not (left and isinstance(fault, _SPOILED_ON_THE_WAY)):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _save(self, name: str, content: Any) -> str:
        with as_store_fault():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with as_store_fault():
            super().delete(name)

    def exists(self, name: str) -> bool:
        try:
            with as_store_fault():
                return bool(super().exists(name))
        except StoreFault as fault:
            if fault.code == "403":  # the answer to a HEAD has no room to say why
                self._open(name).close()
            raise

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with as_store_fault():
            folders, files = super().listdir(path)
            return folders, files

    def size(self, name: str) -> int:
        with as_store_fault():
            return int(super().size(name))
