// The server reads the draft while it is drawn; what it finds stands on the element and in a list.
import { make } from "./fields.js";
import { t } from "./words.js";

const WAIT = 500;

export class Checking {
  constructor(modeler, editor, list, said) {
    Object.assign(this, { modeler, editor, list, said, running: 0 });
    modeler.on("commandStack.changed", () => this.soon());
    modeler.on("import.done", () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), WAIT);
  }

  async now() {
    const turn = (this.running += 1);
    let answer;
    try {
      answer = await this.editor.post("check", await this.editor.form());
    } catch {
      this.said.textContent = t("Chưa kiểm tra được: mất kết nối với máy chủ.");
      return;
    }
    if (turn === this.running) this.show(answer.problems ?? []);
  }

  show(problems) {
    const overlays = this.modeler.get("overlays");
    const canvas = this.modeler.get("canvas");
    const registry = this.modeler.get("elementRegistry");
    overlays.remove({ type: "problem" });
    for (const id of this.marked ?? []) if (registry.get(id)) canvas.removeMarker(id, "has-problem");
    this.marked = new Set();
    for (const { element, sentence } of problems) {
      const shape = registry.get(element);
      if (!shape || shape === canvas.getRootElement() || this.marked.has(element)) continue;
      this.marked.add(element);
      canvas.addMarker(element, "has-problem");
      const flag = make("span", { class: "problem-flag", title: sentence }, "!");
      overlays.add(element, "problem", { position: shape.waypoints ? { top: 0, left: 0 } : { top: -12, right: 12 }, html: flag });
    }
    this.list.replaceChildren(...problems.map((problem) => this.line(problem)));
    const errors = problems.filter(({ level }) => level === "error").length;
    const warnings = problems.length - errors;
    this.said.textContent = errors ? t("Còn {errors} lỗi phải sửa trước khi công bố.", { errors }) : warnings ? t("Không có lỗi; {warnings} điều cần xem lại.", { warnings }) : t("Quy trình hợp lệ.");
    this.said.dataset.state = errors ? "late" : warnings ? "near" : "done";
  }

  line({ element, sentence, level, code }) {
    const known = this.modeler.get("elementRegistry").get(element);
    const choose = () => {
      this.modeler.get("selection").select(known);
      this.modeler.get("canvas").scrollToElement(known, 60);
    };
    const words = known ? make("button", { type: "button", class: "linklike", onclick: choose }, sentence) : sentence;
    return make("li", { class: `problem-${level}`, "data-code": code }, words);
  }
}
