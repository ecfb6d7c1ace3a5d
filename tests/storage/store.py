"""The S3 server of a test session, held by its handle."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any
from urllib.request import Request, urlopen

import boto3

from kernel.files.bucket import client_config
from project.settings.stores import default_store, s3_connection
from tests.journeys.house import ROOT

REGION = "us-east-1"


@dataclass
class Store:
    port: int
    key: dict[str, str]
    reader: dict[str, str]
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environ(self, bucket: str, **changed: str) -> dict[str, str]:
        """What an operator would set for a process that keeps its files here."""
        return {"S3_BUCKET": bucket, "S3_ENDPOINT": self.endpoint, "S3_REGION": REGION} | changed

    def connection(self) -> dict[str, Any]:
        return s3_connection(self.environ("-")) | {"attempts": 2}

    def settings(self, bucket: str, *, key: dict[str, str] | None = None, **changed: str) -> dict[str, Any]:
        """STORAGES as the house's own settings make them, with a key, and two attempts so that tests are short."""
        made = default_store(self.environ(bucket, **changed), media_root="nowhere")
        made["OPTIONS"] |= {**(self.key if key is None else key), "attempts": 2}
        return {
            "default": made,
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
        }

    @cached_property
    def client(self) -> Any:
        return boto3.client(
            "s3", endpoint_url=self.endpoint, region_name=REGION, config=client_config(attempts=1),
            aws_access_key_id=self.key["access_key"], aws_secret_access_key=self.key["secret_key"],
        )  # fmt: skip

    def new_bucket(self) -> str:
        name = f"kho-tep-{next(self._numbers)}"
        self.client.create_bucket(Bucket=name)
        return name

    def keys(self, bucket: str) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=bucket).get("Contents", ())]

    def bytes_of(self, bucket: str, key: str) -> bytes:
        return self.client.get_object(Bucket=bucket, Key=key)["Body"].read()

    def half_done(self, bucket: str) -> list[str]:
        """Uploads in parts that nobody has ended: they cost, and no list of objects shows them."""
        return [one["Key"] for one in self.client.list_multipart_uploads(Bucket=bucket).get("Uploads", ())]

    def fault(
        self, kind: str, *, method: str, path: str = "", times: int = 99, after: int = 0, skip: int = 0
    ) -> None:
        """From now on, and instead of any before."""
        told = {"kind": kind, "method": method, "path": path, "times": times, "after": after, "skip": skip}
        self._steer("faults", [told])

    def heal(self) -> None:
        self._steer("faults", [])

    def seen(self) -> list[list[Any]]:
        return self._steer("seen", [])

    def _steer(self, what: str, told: list[Any]) -> list[list[Any]]:
        asked = Request(f"{self.endpoint}/-/{what}", data=json.dumps(told).encode())
        with urlopen(asked) as answer:
            return json.loads(answer.read())


@contextmanager
def open_store() -> Iterator[Store]:
    """On a free port, in a process of its own, gone at the end."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.server"], cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stdout is not None
        told = program.stdout.readline()
        if not told:
            raise RuntimeError(
                "the S3 server did not start: is all of requirements/dev.txt installed? make test does it"
            )
        yield Store(**json.loads(told))
    finally:
        program.terminate()
        program.wait(10)
        program.stdout.close()
