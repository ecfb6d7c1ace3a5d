"""An archive that is not as it was written is refused before anything is touched, and the part is named."""

import io
import tarfile
import tracemalloc

import pytest

from tenants.provisioning.archive import errors
from tenants.provisioning.archive.carrying import gzip
from tenants.provisioning.archive.restoring import restore_tenant
from tenants.provisioning.archive.verifying import open_sound
from tenants.registry.acts import list_acts
from tenants.registry.selectors import find_tenant
from tests.tenants.provisioning.archive.conftest import BY, NOW, rows_of, schemas
from tests.tenants.provisioning.archive.forging import flip, forge, members


@pytest.fixture
def refused(files_place):
    """Restore and look whether anything at all has changed."""

    def run(path, refusal=errors.ArchiveBroken):
        before = schemas(), rows_of("x90"), list_acts(limit=1)[0].id
        with pytest.raises(refusal) as caught:
            restore_tenant(path=path, code="Y01", host="y01.localhost", by=BY, now=NOW)
        assert str(caught.value)
        assert (schemas(), rows_of("x90"), list_acts(limit=1)[0].id) == before
        assert find_tenant("Y01") is None
        assert not (files_place / "y01").exists() or not any(
            one.is_file() for one in (files_place / "y01").rglob("*")
        )
        return caught.value

    return run


@pytest.mark.parametrize(
    "name",
    [
        "README.txt",
        "data/audit_entry.csv.gz",
        "data/dossiers_party.csv.gz",
        "files/",
        "files.csv.gz",
        "manifest.json",
        "manifest.sha256",
    ],
)
def test_one_changed_byte_in_a_member_is_refused_by_name(archive, refused, name):
    """Take the comparison out of ``verifying._check`` and a changed file of a citizen is restored."""
    entry = next(entry for found, entry in members(archive).items() if found.startswith(name))
    flip(archive, entry.offset + entry.size // 2)
    refusal = refused(archive)
    assert refusal.params["member"] in (entry.name, "manifest.json")


def test_one_changed_byte_anywhere_is_refused(archive):
    """Headers, padding and the end as well: eighty places over the whole file."""
    raw = archive.read_bytes()
    entry = members(archive)["README.txt"]
    places = {
        *range(0, len(raw), len(raw) // 60),
        *range(0, 512, 37),
        entry.offset + entry.size,
        len(raw) - 1,
    }
    for place in sorted(places):
        changed = bytearray(raw)
        changed[place] ^= 1
        archive.write_bytes(changed)
        with pytest.raises(errors.ArchiveBroken), open_sound(archive, say=lambda line: None):
            raise AssertionError(f"the byte at {place} was not missed")


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_archive_is_refused(archive, refused, kept):
    raw = archive.read_bytes()
    archive.write_bytes(raw[: int(len(raw) * kept)])
    refused(archive)


def test_an_archive_with_something_after_its_end_is_refused(archive, refused):
    archive.write_bytes(archive.read_bytes() + bytes(512))
    refused(archive)


def test_a_missing_file_is_refused(tmp_path, refused):
    refused(tmp_path / "none.motcua", errors.ArchiveUnreadable)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda facts: facts["tables"][5].update(rows=facts["tables"][5]["rows"] + 1), errors.RowsNotSame),
        (lambda facts: facts["tables"][2].update(sha256="0" * 64), errors.ArchiveBroken),
        (lambda facts: facts["tables"][2].update(plain_bytes=10), errors.ArchiveBroken),
        (lambda facts: facts.update(files=2), errors.ArchiveBroken),
        (lambda facts: facts.update(fingerprint="0" * 64), errors.ShapeNotSame),
        (lambda facts: facts["tables"][2].update(name="registry_operator"), errors.ShapeNotSame),
        (lambda facts: facts["tables"][2].update(member="../../etc/passwd"), errors.ArchiveBroken),
        (lambda facts: facts["tenant"].update(schema_name="h21"), errors.ArchiveBroken),
        (lambda facts: facts["tables"].pop(), errors.ArchiveBroken),
        (lambda facts: facts.update(release=99), errors.ReleaseNotHere),
        (lambda facts: facts.update(release="x"), errors.ArchiveBroken),
        (lambda facts: facts.update(format="motcua-archive/2"), errors.ArchiveBroken),
    ],
)
def test_a_manifest_that_lies_is_refused(archive, refused, change, refusal):
    """All its seals are right. Take ``require_same_rows`` and the count out of loading and the first lie passes."""
    forge(archive, change)
    refused(archive, refusal)


def test_rows_that_break_a_key_are_refused_without_naming_a_person(archive, refused):
    """PostgreSQL's own sentence quotes the row; take ``without_its_words`` away and the name is in the refusal."""
    header = b"id,role,kind,name,identity_number,birth_date,phone,email,address,source,dossier_id"
    columns = _columns(archive, "dossiers_party")
    assert sorted(header.decode().split(",")) == sorted(columns)
    values = dict.fromkeys(columns, "x") | {"id": "1", "role": "OWNER", "kind": "CITIZEN", "birth_date": ""}
    values |= {"name": "Nguyễn Văn Bình", "dossier_id": "999999"}
    rows = f"{','.join(columns)}\n{','.join(values[name] for name in columns)}\n".encode()
    forge(archive, lambda facts: None, rows={"dossiers_party": rows})
    refusal = refused(archive, errors.DatabaseRefused)
    assert refusal.params["sqlstate"].startswith("23")
    assert "Bình" not in str(refusal)
    assert refusal.__cause__ is None
    assert refusal.__suppress_context__


def _columns(path, table):
    with open_sound(path, say=lambda line: None) as sound:
        return next(one.columns for one in sound.manifest.tables if one.name == table)


def _tar(path, *infos):
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for info in infos:
            content = b"x" * 10 if info.isreg() else b""
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize("name", ["../outside", "/etc/cron.d/x", "files/../../x", "files/h21/x", "a" * 150])
def test_a_tar_with_names_that_lead_elsewhere_is_refused(tmp_path, refused, name):
    path = tmp_path / "hostile.motcua"
    _tar(path, tarfile.TarInfo(name))
    refused(path)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_a_tar_with_anything_but_plain_files_is_refused(tmp_path, refused, kind):
    path = tmp_path / "hostile.motcua"
    info = tarfile.TarInfo("README.txt")
    info.type, info.linkname = kind, "/etc/passwd"
    _tar(path, info)
    refused(path)


def test_a_member_that_declares_more_than_there_is_is_refused(archive, refused):
    raw = bytearray(archive.read_bytes())
    info = tarfile.TarInfo.frombuf(bytes(raw[:512]), "ascii", "strict")
    info.size = 1 << 40
    raw[:512] = info.tobuf(format=tarfile.GNU_FORMAT, encoding="ascii")
    archive.write_bytes(raw)
    refused(archive)


def test_a_bomb_is_refused_without_being_unpacked(archive, refused):
    """300 MB of zeros in 300 KB. Without the limit in ``gunzip`` all of it is unpacked before it is refused."""
    bomb = b"".join(gzip(bytes(1 << 20) for _ in range(300)))
    forge_member(archive, "data/audit_entry.csv.gz", bomb)
    tracemalloc.start()
    try:
        refusal = refused(archive)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refusal.params["member"] == "data/audit_entry.csv.gz"
    assert "giải nén ra" in refusal.params["why"]
    assert peak < 30_000_000


def forge_member(path, name, content):
    """Other bytes under a manifest that knows of them, but for what they unpack to."""
    forge(path, lambda facts: None, packed={name: content})
