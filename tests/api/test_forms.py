"""The schema that judges is the schema that is published; what is wrong is told by its place."""

from jsonschema import Draft202012Validator

from tests.api.conftest import BODY


def test_the_form_of_a_procedure_is_published_with_its_name_by_content(program):
    answer = program.get("procedures/1.001193/form")
    assert answer.status_code == 200
    body = answer.json()
    assert answer["ETag"] == f'"{body["sha256"]}"'
    assert (body["procedure_code"], len(body["sha256"])) == ("1.001193", 64)
    Draft202012Validator.check_schema(body["schema"])
    assert Draft202012Validator(body["schema"]).is_valid(BODY["answers"])
    listed = program.get("procedures?q=1.001193").json()["results"][0]
    assert listed["form"] == body["schema"]


def test_the_form_of_no_procedure_is_absent(program, refused):
    refused(lambda: program.get("procedures/9.999999/form"), 404, "request.absent")


def test_answers_that_do_not_fit_are_refused_by_pointer(program, refused):
    answers = {**BODY["answers"], "child_birth_date": "1/11/2026", "khong_co": 1}
    answers.pop("child_name")
    told = refused(lambda: program.create(answers=answers), 422, "dossier.form_invalid")
    assert {row.get("pointer") for row in told.errors} == {
        "/answers/child_birth_date", "/answers/khong_co", "/answers/child_name",
    }  # fmt: skip
