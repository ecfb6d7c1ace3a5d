// The elements of our subset (docs/bpmn.md): nothing else can be drawn.
import { t } from "./words.js";
export const KINDS = {
  step: { type: "bpmn:UserTask", icon: "bpmn-icon-user-task", get label() { return t("Bước xử lý"); }, width: 150, height: 80 },
  choice: { type: "bpmn:ExclusiveGateway", icon: "bpmn-icon-gateway-xor", get label() { return t("Cổng rẽ nhánh (chọn một)"); } },
  parallel: { type: "bpmn:ParallelGateway", icon: "bpmn-icon-gateway-parallel", get label() { return t("Cổng song song (mọi nhánh)"); } },
  call: { type: "bpmn:CallActivity", icon: "bpmn-icon-call-activity", get label() { return t("Gọi quy trình khác"); }, width: 150, height: 80 },
  start: { type: "bpmn:StartEvent", icon: "bpmn-icon-start-event-none", get label() { return t("Điểm bắt đầu"); } },
  end: { type: "bpmn:EndEvent", icon: "bpmn-icon-end-event-none", get label() { return t("Điểm kết thúc"); } },
};

export const kindOf = (element) =>
  Object.keys(KINDS).find((key) => element.businessObject?.$type === KINDS[key].type && !element.labelTarget);

export const isFlow = (element) => element.businessObject?.$type === "bpmn:SequenceFlow" && !element.labelTarget;

export const isProcess = (element) => element.businessObject?.$type === "bpmn:Process";

// A new element; a step begins at the unit by which nearly every step is done.
export function makeShape(elementFactory, kind) {
  const { type, width, height } = KINDS[kind];
  const shape = elementFactory.createShape({ type, ...(width ? { width, height } : {}) });
  if (kind === "step") shape.businessObject.set("mc:unit", "COMPETENT");
  return shape;
}

export const nameOf = (element) => {
  const { name, id } = element.businessObject;
  const kind = kindOf(element);
  return name || (kind && kind !== "step" ? KINDS[kind].label : `(${id})`);
};
