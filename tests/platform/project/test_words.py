"""The tool that keeps the English catalogue."""

from babel.messages.catalog import Catalog

from project.management.commands.words import places, problems


def test_places_finds_both_spellings():
    assert places("Mã {code} của %(who)s") == {"code", "who"}
    assert places("{day:%d}") == {"day"}


def test_problems_names_what_is_missing_fuzzy_or_does_not_fit():
    catalog = Catalog(locale="en")
    catalog.add("Chưa dịch", "")
    catalog.add("Mã {code}", "Code {kode}")
    catalog.add("Đăng nhập", "Sign in")

    assert list(problems(iter(catalog))) == ["chưa dịch: Chưa dịch", "chỗ trống không khớp: Mã {code}"]


def test_problems_wants_every_plural():
    catalog = Catalog(locale="en")
    catalog.add(("%(n)s ngày", "%(n)s ngày"), ("%(n)s day", ""))

    assert list(problems(iter(catalog))) == ["chưa dịch: %(n)s ngày"]
