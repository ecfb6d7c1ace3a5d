// What can be done to a chosen element, right beside it.
import ContextPadModule from "diagram-js/lib/features/context-pad";
import ConnectModule from "diagram-js/lib/features/connect";
import CreateModule from "diagram-js/lib/features/create";
import { KINDS,  isFlow, kindOf, makeShape } from "./kinds.js";
import { t } from "./words.js";

const FOLLOWING = ["step", "choice", "parallel", "end"];
const INSTEAD = { choice: "parallel", parallel: "choice", step: "call", call: "step" };

class OwnPad {
  constructor(contextPad, modeling, elementFactory, connect, create, autoPlace, bpmnReplace) {
    Object.assign(this, { modeling, elementFactory, connect, create, autoPlace, bpmnReplace });
    contextPad.registerProvider(this);
  }

  getContextPadEntries(element) {
    const kind = kindOf(element);
    const entries = {};
    if (kind && kind !== "end") {
      for (const next of FOLLOWING) entries[`append.${next}`] = this.append(next);
      entries.connect = {
        group: "connect",
        className: "bpmn-icon-connection-multi",
        title: t("Nối tới phần tử khác"),
        action: { click: (event) => this.connect.start(event, element), dragstart: (event) => this.connect.start(event, element) },
      };
    }
    if (INSTEAD[kind]) {
      const other = KINDS[INSTEAD[kind]];
      entries.replace = {
        group: "edit",
        className: other.icon,
        title: t("Đổi thành: {kind}", { kind: other.label }),
        action: { click: () => this.bpmnReplace.replaceElement(element, { type: other.type }) },
      };
    }
    if (kind || isFlow(element) || element.labelTarget || element.businessObject?.$type === "bpmn:TextAnnotation") {
      entries.delete = this.removal([element]);
    }
    return entries;
  }

  getMultiElementContextPadEntries(elements) {
    return { delete: this.removal(elements) };
  }

  append(kind) {
    const make = () => makeShape(this.elementFactory, kind);
    return {
      group: "model",
      className: KINDS[kind].icon,
      title: t("Thêm sau đây: {kind}", { kind: KINDS[kind].label }),
      action: {
        click: (_event, element) => this.autoPlace.append(element, make()),
        dragstart: (event, element) => this.create.start(event, make(), { source: element }),
      },
    };
  }

  removal(elements) {
    return {
      group: "edit",
      className: "bpmn-icon-trash",
      title: t("Xóa"),
      action: { click: () => this.modeling.removeElements([...elements]) },
    };
  }
}
OwnPad.$inject = ["contextPad", "modeling", "elementFactory", "connect", "create", "autoPlace", "bpmnReplace"];

export default {
  __depends__: [ContextPadModule, ConnectModule, CreateModule],
  __init__: ["ownPad"],
  ownPad: ["type", OwnPad],
};
