"""The part of the file that the registry keeps: codes, names, hosts, ring."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kernel.vietnamese import clean
from tenants.provisioning import errors
from tenants.provisioning.archive.names import release_name
from tenants.provisioning.birth import find_birth_release
from tenants.provisioning.host_names import HOST
from tenants.provisioning.onboarding.reading import Reading
from tenants.provisioning.onboarding.steps import name_kept
from tenants.provisioning.services.creation import CODE, schema_exists
from tenants.registry.context import central_context
from tenants.registry.enums import Ring, TenantKind, TenantState
from tenants.registry.models import Domain, Tenant, TenantAlias

_KINDS = (TenantKind.PROVINCE, TenantKind.MINISTRY)
_CLOSED = (TenantState.SUSPENDED, TenantState.RETIRED)


@dataclass(frozen=True, slots=True)
class Frame:
    """``hosts``: the first is the primary one. ``aliases``: code and ground. ``since``: from when all of it holds."""

    code: str
    name: str
    kind: str
    ring: str
    hosts: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]
    since: date
    notes: tuple[str, ...]


def read_frame(reading: Reading, *, today: date) -> Frame:
    """At the centre. Also finds the tenant that the code belongs to, for those who read on."""
    root = reading.root
    frame = Frame(
        code=root.text("code", required=True, longest=35),
        name=clean(root.text("name", required=True)),
        kind=root.text("kind", required=True),
        ring=_ring(reading),
        hosts=tuple(host.lower() for host in root.texts("hosts", longest=253)),
        aliases=_aliases(reading),
        since=root.day("since", today),
        notes=_notes(reading),
    )
    with central_context():
        _check_code(reading, frame)
        if frame.kind and frame.kind not in _KINDS:
            reading.refuse(("kind",), errors.KindUnknown(value=frame.kind))
        _check_hosts(reading, frame)
        _check_aliases(reading, frame)
    return frame


def _ring(reading: Reading) -> str:
    ring = reading.root.text("ring") or Ring.GENERAL
    if ring in Ring.values:
        return ring
    rings = ", ".join(Ring.values)
    reading.refuse(("ring",), _("không có vòng “{value}”; chọn {rings}").format(value=ring, rings=rings))
    return Ring.GENERAL  # so that those who read on find what there is


def _aliases(reading: Reading) -> tuple[tuple[str, str], ...]:
    found = []
    for entry in reading.root.entries("aliases"):
        found.append((entry.text("code", required=True, longest=35), entry.text("ground", longest=300)))
        entry.done()
    return tuple(found)


def _notes(reading: Reading) -> tuple[str, ...]:
    """Storage and connections: this version has one storage, and connections stay off until after the opening."""
    storage = reading.root.entry("storage")
    if (place := storage.text("place")) not in ("", "shared"):
        storage.refuse("place", _("không có nơi lưu “{place}”; hiện chỉ có shared").format(place=place))
    storage.done()
    integrations = reading.root.entry("integrations")
    if integrations.flag("enabled"):
        integrations.refuse("enabled", _("kết nối chỉ được bật sau khi mở; hãy để false và ghi chú ở notes"))
    notes = tuple(integrations.texts("notes", longest=500))
    integrations.done()
    return notes


def _check_code(reading: Reading, frame: Frame) -> None:
    if not frame.code:
        return
    if not CODE.fullmatch(frame.code):
        reading.refuse(("code",), errors.TenantCodeInvalid(value=frame.code))
        return
    tenant = Tenant.objects.filter(code=frame.code).first()
    if tenant is None:
        _check_new_code(reading, frame.code)
        return
    own = set(Domain.objects.filter(tenant=tenant).values_list("domain", flat=True))
    if not own & set(frame.hosts):  # a file of somebody else: nobody's house is furnished by mistake
        reading.refuse(("code",), errors.TenantCodeTaken(value=frame.code, owner=tenant.name))
        return
    reading.tenant = tenant
    if tenant.kind != frame.kind and frame.kind in _KINDS:
        reading.refuse(
            ("kind",), _("{name} đã được tạo với loại {kind}").format(name=tenant.name, kind=tenant.kind)
        )
    if tenant.state in _CLOSED:
        state = TenantState(tenant.state).label
        reading.refuse(("code",), _("{name} ở tình trạng “{state}”").format(name=tenant.name, state=state))


def _check_new_code(reading: Reading, code: str) -> None:
    alias = TenantAlias.objects.select_related("tenant").filter(code=code).first()
    if alias is not None:
        reading.refuse(("code",), errors.TenantCodeTaken(value=code, owner=alias.tenant.name))
    elif schema_exists(code.lower()):
        reading.refuse(("code",), errors.SchemaLeftOver(value=code.lower()))


def _check_hosts(reading: Reading, frame: Frame) -> None:
    if not frame.hosts:
        reading.refuse(("hosts",), _("thiếu “hosts”: ít nhất một tên máy chủ, tên đầu là tên chính"))
    taken = {
        row.domain: row.tenant
        for row in Domain.objects.select_related("tenant").filter(domain__in=frame.hosts)
    }
    for index, host in enumerate(frame.hosts):
        owner = taken.get(host)
        if not HOST.fullmatch(host):
            reading.refuse(("hosts", index), errors.HostInvalid(value=host))
        elif host in frame.hosts[:index]:
            reading.refuse(("hosts", index), _("tên máy chủ {host} có hai lần").format(host=host))
        elif owner is not None and owner.code != frame.code:
            reading.refuse(("hosts", index), errors.HostTaken(value=host, owner=owner.name))


def _check_aliases(reading: Reading, frame: Frame) -> None:
    codes = [code for code, _ground in frame.aliases]
    owners = {
        row.code: row.tenant for row in TenantAlias.objects.select_related("tenant").filter(code__in=codes)
    }
    owners |= {tenant.code: tenant for tenant in Tenant.objects.filter(code__in=codes)}
    for index, code in enumerate(codes):
        owner, path = owners.get(code), ("aliases", index, "code")
        if code in codes[:index] or code == frame.code:
            reading.refuse(path, _("mã {code} có hai lần").format(code=code))
        elif code and (owner is not None and (owner.code != frame.code or owner.code == code)):
            reading.refuse(path, errors.TenantCodeTaken(value=code, owner=owner.name))


def name_kept_addresses(frame: Frame, tenant: Tenant) -> list[str]:
    """Hosts that send on to the primary one are what a new address leaves behind: nobody misses them in a file."""
    hosts = set(Domain.objects.filter(tenant=tenant, redirects=False).values_list("domain", flat=True))
    aliases = set(TenantAlias.objects.filter(tenant=tenant).values_list("code", flat=True))
    named = {code for code, _ground in frame.aliases}
    return name_kept(_("máy chủ"), hosts - set(frame.hosts)) + name_kept(_("mã cũ"), aliases - named)


def plan_frame(frame: Frame, tenant: Tenant | None) -> list[str]:
    """What the registry would gain, in words. At the centre."""
    if tenant is None:
        lines = [
            _("Tạo {code} {name} (vòng {ring}, bản {release}), trạng thái đang chuẩn bị").format(
                code=frame.code, name=frame.name, ring=Ring(frame.ring).label, release=_birth_release()
            )
        ]
        hosts, aliases = set[str](), set[str]()
    else:
        lines = [
            _("{what}: “{before}” thành “{after}”").format(what=what, before=before, after=after)
            for what, before, after in (
                (_("Tên"), tenant.name, frame.name),
                (_("Vòng"), Ring(tenant.ring).label, Ring(frame.ring).label),
            )
            if before != after
        ]
        hosts = set(Domain.objects.filter(tenant=tenant).values_list("domain", flat=True))
        aliases = set(TenantAlias.objects.filter(tenant=tenant).values_list("code", flat=True))
    lines += [_("Thêm máy chủ {host}").format(host=host) for host in frame.hosts if host not in hosts]
    lines += [_("Thêm mã {code}").format(code=code) for code, _ground in frame.aliases if code not in aliases]
    return lines


def _birth_release() -> str:
    """By name; a centre that was never prepared has none, and create_tenant says what to do."""
    number = find_birth_release()
    return release_name(number) if number is not None else "?"
