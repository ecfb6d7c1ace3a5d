"""A sound record of the national database, to be spoiled by the tests."""

import io
import json
from datetime import datetime

from apps.catalogue import services
from apps.catalogue.services.importing import ImportedRow
from kernel.actors import Actor

RECORD = {
    "code": "1.000001",
    "name": "Thủ tục thử",
    "field": {"code": "G15-TP07", "name": "Hộ tịch"},
    "promulgator": {"code": "G15", "name": "Bộ Tư pháp"},
    "executing": ["Ủy ban nhân dân cấp xã"],
    "non_territorial": False,
    "levels": {"ministry": False, "province": False, "ward": True},
    "subjects": ["ĐT1"],
    "legal_basis": ["60/2014/QH13"],
    "channels": [{"method": "DIRECT", "qty": 3, "unit": "WORKING_DAY", "note": "",
                  "fees": [{"type": "FEE", "value": 8000, "note": ""}]}],
    "cases": [{"code": "1.000001.01", "name": "Thử", "qty": 3, "type": "WORKING_DAY"}],
    "results": [{"code": "KQ.1", "name": "Kết quả"}],
    "documents": [{"code": "G15-KQ1", "name": "Tờ khai", "original": 1, "copy": 0, "required": True}],
}  # fmt: skip


def record(**changes: object) -> dict:
    return {**json.loads(json.dumps(RECORD)), **changes}


def load_records(*records: object, by: Actor, now: datetime) -> list[ImportedRow]:
    stream = io.BytesIO(json.dumps({"procedures": list(records)}).encode())
    return services.import_catalogue(stream=stream, by=by, now=now)
