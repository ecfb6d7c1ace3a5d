"""The script of the editor speaks only sentences that can be translated; its small arithmetic, run by Node."""

import json
import re
import subprocess
from pathlib import Path

from django.utils.translation import override

from frontend.processes.spoken import SPOKEN, spoken
from infra.front import FRONT, find_node

SCRIPTS = sorted((FRONT / "drawing").glob("*.js"))
NOT_SAID = {"Một Cửa"}  # the name of our namespace


def test_every_sentence_of_the_script_can_be_translated_and_none_is_left_over():
    said = [text for file in SCRIPTS for text in re.findall(r'\bt\(\s*"([^"]*)"', file.read_text())]
    assert set(said) - {"…"} == set(SPOKEN)
    assert len(set(SPOKEN)) == len(SPOKEN)


def test_no_vietnamese_stands_outside_of_what_can_be_translated():
    for file in SCRIPTS:
        code = "\n".join(line for line in file.read_text().splitlines() if not line.strip().startswith("//"))
        code = re.sub(r"/\[[^\n]*?\]/g", "", re.sub(r'\bt\(\s*"[^"]*"', "", code))
        left = [text for text in re.findall(r'["`]([^"`\n]*)["`]', code) if re.search("[à-ỹÀ-Ỹđ]", text)]
        assert set(left) <= NOT_SAID, (file.name, left)


def test_spoken_is_empty_for_who_reads_vietnamese():
    with override("vi"):
        assert spoken() == {}
    with override("en"):
        assert set(spoken()) == set(SPOKEN)


def ask(expression: str):
    """What steps.js answers, in the Node that builds the front end."""
    module = json.dumps((FRONT / "drawing" / "steps.js").as_uri())
    script = f"import * as steps from {module}; console.log(JSON.stringify({expression}))"
    done = subprocess.run(
        [str(find_node().node), "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(FRONT),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_times_and_decisions_are_written_as_they_are_read():
    times = ["PT4H", "PT30M", "PT1H30M", "P2D", ""]
    written = f"{json.dumps(times)}.map((t) => {{const r = steps.readTime(t); return steps.writeTime(r.amount, r.unit) ?? '';}})"
    typed = "[['1,5', 'H'], ['2', 'D'], ['ba', 'H'], ['0', 'M']].map(([a, u]) => steps.writeTime(a, u))"
    decided = (
        "['Đồng ý\\n return|Trả lại; sửa \\n\\n', '', '12 tháng'].map((t) => steps.writeDecisions(t) ?? null)"
    )
    found = ask(f"[{written}, {typed}, {decided}]")
    assert found == [
        times,
        ["PT1H30M", "P2D", "ba", "PT0M"],
        ["dong_y|Đồng ý;return|Trả lại, sửa", None, "thang|12 tháng"],
    ]
