"""Where files lie: on the local disk unless a bucket is named. Everything from the environment.

The credentials are no setting: botocore finds them itself (``AWS_ACCESS_KEY_ID`` and
``AWS_SECRET_ACCESS_KEY``, or the role of the machine), so that no dump of the settings shows them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def s3_connection(environ: Mapping[str, str]) -> dict[str, Any]:
    """How the server is reached, for the citizens' files and for archives alike."""
    return {
        "endpoint_url": environ.get("S3_ENDPOINT") or None,
        "region_name": environ.get("S3_REGION") or None,
        "addressing": environ.get("S3_ADDRESSING") or "auto",
    }


def default_store(environ: Mapping[str, str], *, media_root: Path) -> dict[str, Any]:
    bucket = environ.get("S3_BUCKET")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": media_root},
        }
    return {
        "BACKEND": "kernel.files.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            **s3_connection(environ),
            # No word about rights goes with an object: it is its owner's alone, and a bucket that knows
            # no such words (the newer ones) would refuse it.
            "default_acl": None,
            "file_overwrite": False,
        },
    }


def require_tls(environ: Mapping[str, str]) -> None:
    """Papers of citizens do not cross a network in clear, unless somebody has said that this one may be trusted."""
    endpoint = environ.get("S3_ENDPOINT", "")
    if endpoint and not endpoint.startswith("https://") and environ.get("S3_PLAIN_HTTP") != "1":
        raise ImproperlyConfigured(
            "S3_ENDPOINT must begin with https://; S3_PLAIN_HTTP=1 allows a network of one's own without it"
        )
