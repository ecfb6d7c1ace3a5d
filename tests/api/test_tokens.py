"""Who gets in: a token of this tenant, in time, with the scope."""

from datetime import timedelta

import pytest

from apps.accounts.selectors import find_user_by_username
from apps.accounts.services import retire_user
from kernel.actors import SYSTEM
from tenants.registry.context import tenant_context

READS = ["dossiers", "procedures", "dossiers/01930000-0000-7000-8000-000000000000"]


def test_token_is_given_for_the_right_secret(make_program):
    answer = make_program().ask_token()
    assert answer.status_code == 200
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert set(body["scope"].split()) == {"dossiers:read", "dossiers:write", "procedures:read"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("secret", ["", "sai"])
def test_token_is_refused_for_a_wrong_secret(make_program, secret):
    answer = make_program().ask_token(secret=secret)
    # RFC 6749, 5.2: the token address has its own form of refusal.
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_token_is_refused_to_a_client_of_another_tenant(make_program):
    stranger = make_program("H26")
    stranger.http.defaults["HTTP_HOST"] = "gialai.localhost"
    assert stranger.ask_token().json()["error"] == "invalid_client"


def test_token_is_refused_for_a_scope_that_there_is_not(make_program):
    assert make_program().ask_token(scope="dossiers:delete").json()["error"] == "invalid_scope"


@pytest.mark.parametrize("address", READS)
def test_no_token_is_refused(make_program, refused, address):
    program = make_program()
    told = refused(lambda: program.get(address), 401, "request.not_authenticated")
    assert told.answer["WWW-Authenticate"].startswith("Bearer")


def test_no_token_is_refused_before_the_body_is_read(make_program, refused):
    program = make_program()
    refused(lambda: program.post("dossiers", "{"), 401, "request.not_authenticated")


def test_a_token_that_nobody_gave_is_refused_before_the_body_is_read(make_program, refused):
    program = make_program()
    program.token = "abc"
    told = refused(lambda: program.post("dossiers", "{"), 401, "request.not_authenticated")
    assert 'error="invalid_token"' in told.answer["WWW-Authenticate"]


def test_a_token_in_the_address_is_refused(program, refused):
    token, program.token = program.token, None
    refused(lambda: program.get(f"dossiers?access_token={token}"), 401, "request.not_authenticated")


def test_an_expired_token_is_refused(program, refused, clock):
    clock.shift(timedelta(seconds=3601))
    refused(lambda: program.get("dossiers"), 401, "request.not_authenticated")


def test_a_token_of_another_tenant_is_refused(program, elsewhere, refused):
    program.token = elsewhere.token
    refused(lambda: program.get("dossiers"), 401, "request.not_authenticated")
    refused(lambda: program.create(), 401, "request.not_authenticated")


def test_a_token_dies_with_its_program(program, refused, gia_lai, now):
    with tenant_context(gia_lai):
        user = find_user_by_username(program.client_id)
        retire_user(user_id=user.id, hand_over_to=None, by=SYSTEM, now=now)
    refused(lambda: program.get("dossiers"), 401, "request.not_authenticated")


def test_each_scope_opens_its_own_doors(make_program, refused):
    reader = make_program().sign_in("dossiers:read")
    assert reader.get("dossiers").status_code == 200
    refused(lambda: reader.create(), 403, "request.permission_denied")
    refused(lambda: reader.get("procedures"), 403, "request.permission_denied")
    refused(lambda: reader.upload(""), 403, "request.permission_denied")
    writer = make_program().sign_in("dossiers:write")
    assert writer.create().status_code == 201
    refused(lambda: writer.get("dossiers"), 403, "request.permission_denied")


def test_a_session_of_a_person_is_no_token(furnished, gia_lai, refused, make_program):
    program = make_program()
    with tenant_context(gia_lai):
        person = find_user_by_username("tiepnhan")
    program.http.session["_auth_user_id"] = str(person.id)
    refused(lambda: program.get("dossiers"), 401, "request.not_authenticated")


def test_a_method_that_is_not_offered_is_refused(program, refused):
    refused(
        lambda: program.http.delete("/api/v1/dossiers", headers=program._headers({})),
        405,
        "request.method_not_allowed",
    )


def test_an_address_that_is_not_there_is_refused(program, refused):
    refused(lambda: program.get("ho-so"), 404, "request.absent")
    refused(lambda: program.post("ho-so", {}), 404, "request.absent")
