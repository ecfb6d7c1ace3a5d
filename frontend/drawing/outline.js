// All elements as a list of buttons: everything that the mouse can choose, without the mouse.
import { KINDS, isFlow, kindOf, nameOf } from "./kinds.js";
import { make } from "./fields.js";
import { t } from "./words.js";

export function keepOutline(modeler, root, dutyNames, panel) {
  const registry = modeler.get("elementRegistry");
  const selection = modeler.get("selection");

  function line(element) {
    const kind = kindOf(element);
    const about = kind === "step" ? (dutyNames.get(element.businessObject.get("mc:duty")) ?? t("chưa có người làm")) : KINDS[kind].label;
    const chosen = selection.isSelected(element);
    const choose = () => {
      selection.select(element);
      modeler.get("canvas").scrollToElement(element, 60);
      panel.root.querySelector("#panel-title")?.focus();
    };
    return make("li", {}, make("button", { type: "button", class: "outline-item", "data-element": element.id, "aria-pressed": String(chosen), onclick: choose },
      make("b", {}, nameOf(element)), make("span", { class: "soft" }, ` ${about}`)),
      make("ul", {}, ...element.outgoing.filter(isFlow).map((flow) => make("li", {},
        make("button", { type: "button", class: "outline-item soft", "data-element": flow.id, "aria-pressed": String(selection.isSelected(flow)), onclick: () => { selection.select(flow); panel.root.querySelector("#panel-title")?.focus(); } },
          `→ ${nameOf(flow.target)}${flow.businessObject.name ? ` (${flow.businessObject.name})` : ""}`)))));
  }

  function show() {
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.element : null;
    const nodes = registry.filter((element) => kindOf(element)).sort((a, b) => a.x - b.x || a.y - b.y);
    root.replaceChildren(...nodes.map(line));
    if (focused) root.querySelector(`[data-element="${CSS.escape(focused)}"]`)?.focus();
  }

  for (const event of ["import.done", "commandStack.changed", "selection.changed"]) modeler.on(event, show);
}
