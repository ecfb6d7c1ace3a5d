"""A ministry's drawing, made with another tool: what a run does not need is taken out, and told."""

from apps.workflow.bpmn.reading import read_process
from apps.workflow.files import check_draft, standard_file, take_in

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d" targetNamespace="http://example.vn" exporter="Another Modeler">
<bpmn:collaboration id="khung"><bpmn:participant id="p1" name="Cấp phép quảng cáo" processRef="quy-trinh"/>
  <bpmn:participant id="p2" name="Người dân"/>
  <bpmn:messageFlow id="m1" sourceRef="p2" targetRef="bat-dau"/></bpmn:collaboration>
<bpmn:process id="quy-trinh" isExecutable="false">
  <bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Phòng Văn hóa"><bpmn:flowNodeRef>tham-dinh</bpmn:flowNodeRef></bpmn:lane>
    <bpmn:lane id="l2" name="Lãnh đạo"><bpmn:flowNodeRef>ky</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
  <bpmn:startEvent id="bat-dau" name="Nộp" isInterrupting="true"/>
  <bpmn:task id="tham-dinh" name="Thẩm định" startQuantity="1"><bpmn:documentation>Trong hai ngày</bpmn:documentation>
    <bpmn:extensionElements><zeebe:taskDefinition type="x"/></bpmn:extensionElements>
    <bpmn:dataInputAssociation id="dia"><bpmn:sourceRef>ho-so</bpmn:sourceRef></bpmn:dataInputAssociation></bpmn:task>
  <bpmn:manualTask id="ky" name="Ký"/><bpmn:endEvent id="xong" name="Xong"/>
  <bpmn:dataObjectReference id="ho-so" name="Hồ sơ" dataObjectRef="o1"/><bpmn:dataObject id="o1"/>
  <bpmn:sequenceFlow id="f1" sourceRef="bat-dau" targetRef="tham-dinh"/>
  <bpmn:sequenceFlow id="f2" sourceRef="tham-dinh" targetRef="ky"/>
  <bpmn:sequenceFlow id="f3" sourceRef="ky" targetRef="xong"/>
</bpmn:process>
<bpmndi:BPMNDiagram id="dia1"><bpmndi:BPMNPlane id="pl" bpmnElement="khung">
  <bpmndi:BPMNShape id="s0" bpmnElement="p1" isHorizontal="true"><dc:Bounds x="0" y="0" width="900" height="400"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape id="s1" bpmnElement="bat-dau"><dc:Bounds x="80" y="80" width="36" height="36"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape id="s2" bpmnElement="tham-dinh"><dc:Bounds x="200" y="58" width="100" height="80"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape id="s3" bpmnElement="ky"><dc:Bounds x="400" y="58" width="100" height="80"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape id="s4" bpmnElement="xong"><dc:Bounds x="600" y="80" width="36" height="36"/></bpmndi:BPMNShape>
  <bpmndi:BPMNShape id="s5" bpmnElement="ho-so"><dc:Bounds x="300" y="200" width="36" height="50"/></bpmndi:BPMNShape>
  <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="116" y="98"/><di:waypoint x="200" y="98"/></bpmndi:BPMNEdge>
  <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="300" y="98"/><di:waypoint x="400" y="98"/></bpmndi:BPMNEdge>
  <bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="500" y="98"/><di:waypoint x="600" y="98"/></bpmndi:BPMNEdge>
  <bpmndi:BPMNEdge id="e4" bpmnElement="dia"><di:waypoint x="1" y="1"/><di:waypoint x="2" y="2"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"""


def test_take_in_opens_a_drawing_in_a_pool_with_lanes() -> None:
    found = take_in([("quang-cao.bpmn", FOREIGN.encode())])
    assert found.problems == []
    reading = read_process(found.main)
    graph = reading.graph
    assert (graph.id, graph.name) == ("quy-trinh", "Cấp phép quảng cáo")
    assert [step.name for step in graph.steps] == ["Thẩm định", "Ký"]
    assert graph.nodes["tham-dinh"].documentation == "Làn: Phòng Văn hóa\nTrong hai ngày"
    assert reading.drawing.shapes["ky"].x == 400  # the ministry's own places on paper
    assert set(reading.drawing.shapes) == set(graph.nodes)
    said = "; ".join(found.notes)
    for words in ("pool", "bỏ 2 làn", "đổi 2 công việc", "bỏ 3 dữ liệu", "phần mở rộng"):
        assert words in said


def test_what_came_from_another_tool_is_mended_here_and_goes_out_as_a_standard_file() -> None:
    found = take_in([("quang-cao.bpmn", FOREIGN.encode())])
    errors, _warnings = check_draft(found.main, found.called, [])
    assert {each.code for each in errors} == {"step.without_actor"}
    again = take_in([("ra.bpmn", standard_file(found.main).encode())])
    assert again.problems == []
    assert again.notes == []


def test_two_processes_in_two_pools_stay_refused() -> None:
    two = FOREIGN.replace("</bpmn:process>", '</bpmn:process><bpmn:process id="hai" name="Hai"/>')
    found = take_in([("hai.bpmn", two.encode())])
    assert "xml.one_process" in {each.code for _name, each in found.problems}
    assert found.main == ""


def test_what_would_change_the_run_stays_refused() -> None:
    timer = FOREIGN.replace(
        "<bpmn:manualTask",
        '<bpmn:intermediateCatchEvent id="cho"/><bpmn:scriptTask id="ma"/><bpmn:manualTask',
    )
    found = take_in([("hen.bpmn", timer.encode())])
    assert [each.element for _name, each in found.problems] == ["cho", "ma"]
    assert (found.main, found.notes) == ("", [])


def test_our_own_file_is_taken_as_it_is() -> None:
    ours = standard_file(take_in([("quang-cao.bpmn", FOREIGN.encode())]).main)
    assert standard_file(take_in([("ra.bpmn", ours.encode())]).main) == ours
