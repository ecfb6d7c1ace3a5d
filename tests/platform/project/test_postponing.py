"""What a command of manage.py leaves unloaded until it is used."""

import subprocess
import sys

from django.conf import settings

from tests.tenants.releases.fleet import environment


def test_what_is_postponed_is_not_loaded_by_a_start_and_is_itself_when_used():
    """Seen to fail with nothing postponed: the first line says True True."""
    code = """
import sys
sys.path[:0] = [".", "platform"]
from project.postponing import postpone
postpone()
import django
django.setup()
print("cryptography" in sys.modules, "sqlparse.engine" in sys.modules)
from jwcrypto import jwk
from jwcrypto.jwk import JWK
import sqlparse
from oauth2_provider.validators import URIValidator
print(JWK is jwk.JWK, JWK.generate(kty="oct", size=256).is_symmetric, sqlparse.split("SELECT 1; SELECT 2"))
URIValidator(schemes=["https"])("https://xa.gialai.gov.vn/ve")
try:
    URIValidator(schemes=["https"])("https//xa")
except Exception as refused:
    print(type(refused).__name__)
from jwcrypto import jwt
print(sys.modules["jwcrypto.jwk"].JWK is jwt.JWK)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "False False",
        "True True ['SELECT 1;', 'SELECT 2']",
        "ValidationError",
        "True",
    ]
