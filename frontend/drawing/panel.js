// The properties of what is chosen, in our own words: plain fields, each written into the drawing as one step of undo.
import { areaField, choiceField, make, press, textField } from "./fields.js";
import { KINDS, isFlow, isProcess, kindOf, makeShape, nameOf } from "./kinds.js";
import { decisionsOf, readDecisions, readTime, stepsBefore, timeUnits, writeDecisions, writeTime } from "./steps.js";
import { t } from "./words.js";

export class Panel {
  constructor(modeler, root, words) {
    Object.assign(this, { modeler, root, words });
    this.modeling = modeler.get("modeling");
    this.registry = modeler.get("elementRegistry");
    const again = () => this.show();
    modeler.on("selection.changed", again);
    modeler.on("commandStack.changed", () => this.typing() || this.show());
    modeler.on("import.done", again);
  }

  // While a field of the panel holds the focus it is not drawn anew under the person's hands.
  typing() {
    const at = document.activeElement;
    return this.shown && this.registry.get(this.shown) && this.root.contains(at) && at.matches("input, textarea, select");
  }

  get chosen() {
    const [one, more] = this.modeler.get("selection").get();
    const element = one?.labelTarget ?? one;
    return more ? null : (element ?? this.modeler.get("canvas").getRootElement());
  }

  show() {
    const element = this.chosen;
    this.root.replaceChildren();
    this.shown = element?.id;
    if (!element?.businessObject) {
      this.root.append(make("p", { class: "soft" }, t("Đang chọn nhiều phần tử. Chọn một phần tử để xem và sửa.")));
      return;
    }
    const kind = kindOf(element);
    const title = kind ? KINDS[kind].label : isFlow(element) ? t("Đường nối") : isProcess(element) ? t("Quy trình") : t("Ghi chú");
    this.root.append(make("h2", { id: "panel-title", tabindex: "-1" }, title));
    if (kind === "step") this.showStep(element);
    else if (kind) this.showNode(element, kind);
    else if (isFlow(element)) this.showFlow(element);
    else if (isProcess(element)) this.showProcess(element);
    if (kind) this.showActs(element, kind);
  }

  write(element, properties) {
    this.modeling.updateProperties(element, properties);
  }

  name(element, label = t("Tên")) {
    return textField(label, element.businessObject.name, (value) => this.modeling.updateLabel(element, value), { name: "name" });
  }

  showStep(element) {
    const step = element.businessObject;
    const own = (name) => step.get(`mc:${name}`);
    const put = (name) => (value) => this.write(element, { [`mc:${name}`]: value || undefined });
    const { duties, units, moves, forms, papers } = this.words;
    const time = readTime(own("allot"));
    const keepTime = () => put("allot")(writeTime(time.amount, time.unit));
    const role = units.some(([key]) => key === own("unit")) || !own("unit");
    this.root.append(
      this.name(element, t("Tên bước")),
      choiceField(t("Nhiệm vụ của người làm"), duties, own("duty"), put("duty"), { empty: t("chưa chọn"), name: "duty" }),
      choiceField(t("Nơi làm"), [...units, ["?", t("một đơn vị cụ thể, theo mã")]], role ? own("unit") : "?", (value) => {
        if (value !== "?") return put("unit")(value);
        this.root.querySelector("[data-unit-code]").hidden = false;
      }, { empty: t("chưa chọn"), name: "unit" }),
    );
    const code = textField(t("Mã đơn vị"), role ? "" : own("unit"), put("unit"), { hint: t("Ví dụ H21.12"), name: "unit-code" });
    code.dataset.unitCode = "";
    code.hidden = role;
    this.root.append(
      code,
      make("div", { class: "field-pair" },
        textField(t("Thời gian"), time.amount, (value) => ((time.amount = value), keepTime()), { name: "time" }),
        choiceField(t("Tính theo"), timeUnits(), time.unit, (value) => ((time.unit = value), keepTime()), { name: "time-unit" })),
      areaField(t("Kết luận được chọn"), readDecisions(own("decisions")), (value) => put("decisions")(writeDecisions(value)), {
        hint: t("Mỗi dòng một kết luận, ví dụ: approve|Đồng ý. Để trống thì bước chỉ cần hoàn thành."),
        name: "decisions",
      }),
      textField(t("Biểu mẫu điền trong bước"), own("form"), put("form"), {
        hint: forms.length ? t("Mã biểu mẫu: {codes}", { codes: forms.map(([key, label]) => `${key} (${label})`).join("; ") }) : t("Mã biểu mẫu, nếu bước có biểu mẫu riêng"),
        name: "form",
      }),
      textField(t("Giấy tờ ra từ bước này"), (own("issues") ?? "").replaceAll(";", ", "),
        (value) => put("issues")(value.split(/[,;]/).map((each) => each.trim()).filter(Boolean).join(";")),
        { hint: papers.length ? t("Mã, cách nhau bằng dấu phẩy: {codes}", { codes: papers.map(([key, label]) => `${key} (${label})`).join("; ") }) : t("Mã, cách nhau bằng dấu phẩy"), name: "issues" }),
      choiceField(t("Yêu cầu chuyển trạng thái hồ sơ"), moves, own("move"), put("move"), { empty: t("không"), name: "move" }),
    );
  }

  showNode(element, kind) {
    this.root.append(this.name(element));
    if (kind === "call") {
      const put = (value) => this.write(element, { calledElement: value || undefined });
      const called = this.words.called;
      this.root.append(choiceField(t("Quy trình được gọi"), called, element.businessObject.calledElement, put, { empty: t("chưa chọn"), name: "called" }));
    }
    if (kind === "choice") {
      for (const flow of element.outgoing) {
        const to = nameOf(flow.target);
        this.root.append(make("fieldset", { class: "panel-way" }, make("legend", {}, t("Đường tới: {to}", { to })), ...this.conditionFields(flow)));
      }
    }
  }

  showFlow(element) {
    const { source, target } = element;
    this.root.append(make("p", { class: "soft" }, `${nameOf(source)} → ${nameOf(target)}`), this.name(element, t("Tên trên đường nối")), ...this.conditionFields(element));
    this.root.append(make("div", { class: "panel-acts" },
      press(t("Thêm bước vào giữa"), () => this.insert(element)),
      press(t("Xóa đường nối"), () => this.modeling.removeElements([element]), "btn-danger")));
  }

  // Only the ways out of a choice have a condition, all but the usual one.
  conditionFields(flow) {
    const gate = flow.source;
    if (kindOf(gate) !== "choice" || gate.outgoing.length < 2) return [];
    const usual = gate.businessObject.default === flow.businessObject;
    const toggle = make("label", { class: "form-check" },
      make("input", { class: "form-check-input", type: "checkbox", checked: usual, "data-field": "default", onchange: (event) => this.makeUsual(flow, event.target.checked) }),
      make("span", { class: "form-check-label" }, t("Đường mặc định (khi không điều kiện nào đúng)")));
    if (usual) return [toggle];
    const text = flow.businessObject.conditionExpression?.body ?? "";
    const known = stepsBefore(gate.businessObject).flatMap((step) =>
      decisionsOf(step).map(([code, label]) => [`decision == '${code}'`, `${step.name || step.id}: ${label}`]));
    const put = (value) => this.setCondition(flow, value);
    return [
      toggle,
      known.length ? choiceField(t("Đi đường này khi kết luận là"), known, known.some(([key]) => key === text) ? text : "", (value) => value && put(value), { empty: t("điều kiện khác"), name: "decision" }) : null,
      textField(t("Điều kiện"), text, put, { hint: t("Ví dụ: decision == 'return'"), name: "condition" }),
    ].filter(Boolean);
  }

  setCondition(flow, text) {
    const body = text.trim();
    const expression = body ? this.modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
    this.write(flow, { conditionExpression: expression });
    this.show();
  }

  makeUsual(flow, on) {
    this.write(flow.source, { default: on ? flow.businessObject : undefined });
    if (on && flow.businessObject.conditionExpression) this.write(flow, { conditionExpression: undefined });
    this.show();
  }

  showProcess(element) {
    this.root.append(
      textField(t("Tên quy trình"), element.businessObject.name, (value) => this.write(element, { name: value }), { name: "name" }),
      make("p", { class: "soft" }, t("Mã: {id}", { id: element.businessObject.id })),
      make("p", { class: "soft" }, t("Chọn một phần tử trên sơ đồ hoặc trong danh sách bên dưới để sửa.")));
  }

  // The same acts as with the mouse: append, connect, remove.
  showActs(element, kind) {
    const acts = make("div", { class: "panel-acts" });
    if (kind !== "end") {
      const [onward] = element.outgoing;
      if (onward && kind !== "choice" && kind !== "parallel") acts.append(press(t("Thêm bước sau đây"), () => this.insert(onward)));
      else for (const next of ["step", "choice", "parallel", "end"]) {
        acts.append(press(t("Thêm: {kind}", { kind: KINDS[next].label }), () => this.append(element, next)));
      }
      acts.append(this.connecting(element));
    }
    if (kind !== "start") acts.append(press(t("Xóa phần tử này"), () => this.remove(element), "btn-danger"));
    this.root.append(acts);
  }

  connecting(element) {
    const others = this.registry.filter((each) => kindOf(each) && kindOf(each) !== "start" && each !== element);
    return choiceField(t("Nối tới"), others.map((each) => [each.id, nameOf(each)]), "", (id) => {
      if (id) this.choose(this.modeling.connect(element, this.registry.get(id)));
    }, { empty: t("chọn phần tử"), name: "connect" });
  }

  append(element, kind) {
    this.choose(this.modeler.get("autoPlace").append(element, makeShape(this.modeler.get("elementFactory"), kind)));
  }

  // Between two: onto the flow, as with the mouse; room is made for it.
  insert(flow) {
    const { target, source } = flow;
    const shape = makeShape(this.modeler.get("elementFactory"), "step");
    const middle = { x: source.x + source.width + 50 + shape.width / 2, y: source.y + source.height / 2 };
    const made = this.modeling.createShape(shape, middle, this.modeler.get("canvas").getRootElement());
    this.modeling.reconnectEnd(flow, made, { x: made.x, y: middle.y });
    this.modeling.connect(made, target);
    this.modeler.get("commandStack").execute("process.makeRoom", { shape: made });
    this.choose(made);
  }

  // One way in and one way out: what stood before leads on to what stood behind.
  remove(element) {
    const [before, ...moreBefore] = element.incoming;
    const [behind, ...moreBehind] = element.outgoing;
    const bridge = before && behind && !moreBefore.length && !moreBehind.length && before.source !== behind.target;
    const target = behind?.target;
    if (bridge) this.modeling.reconnectEnd(before, target, { x: target.x, y: target.y + target.height / 2 });
    this.modeling.removeElements([element]);
    this.show();
  }

  choose(element) {
    document.activeElement?.blur();
    this.modeler.get("selection").select(element);
    this.show();
    (this.root.querySelector("input, select") ?? this.root).focus();
  }
}
