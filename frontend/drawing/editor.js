// The page: opens the draft, keeps it, says what happened. Nothing is thrown away when the server refuses.
import { Checking } from "./checking.js";
import { kindOf } from "./kinds.js";
import { openModeler } from "./modeler.js";
import { keepOutline } from "./outline.js";
import { Panel } from "./panel.js";
import { speak, t } from "./words.js";

export async function start(root) {
  const page = (name) => root.querySelector(`[data-drawing-${name}]`);
  const words = JSON.parse(root.dataset.words);
  speak(words.spoken);
  for (const fallback of root.querySelectorAll("[data-unscripted]")) fallback.hidden = true;
  for (const scripted of root.querySelectorAll("[data-scripted]")) scripted.hidden = false;
  const modeler = openModeler(page("sheet"));
  const editor = new Editor(root, modeler, page);
  const panel = new Panel(modeler, page("panel"), words);
  keepOutline(modeler, page("outline"), new Map(words.duties), panel);
  editor.checking = new Checking(modeler, editor, page("problems"), page("checked"));
  await editor.open(page("text").value);
}

class Editor {
  constructor(root, modeler, page) {
    Object.assign(this, { root, modeler, page, saved: -1 });
    this.stack = modeler.get("commandStack");
    page("undo").addEventListener("click", () => this.stack.undo());
    page("redo").addEventListener("click", () => this.stack.redo());
    page("whole").addEventListener("click", () => modeler.get("canvas").zoom("fit-viewport", "auto"));
    page("tidy").addEventListener("click", () => this.tidy());
    page("form").addEventListener("submit", (event) => this.save(event));
    page("import").addEventListener("change", () => this.take());
    modeler.on("commandStack.changed", () => this.showState());
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
  }

  // Undoing back to what was saved is not a change.
  get dirty() {
    return this.imported || this.stack._stackIdx !== this.saved;
  }

  async open(text) {
    try {
      await this.modeler.importXML(text);
    } catch (refusal) {
      this.say(t("Không mở được sơ đồ: {why}", { why: refusal.message }), "late");
      return;
    }
    this.look();
    this.saved = this.stack._stackIdx;
    this.showState();
  }

  // All of it where it stays readable; else its beginning, beside the palette.
  look() {
    const canvas = this.modeler.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const scale = Math.min(1, (outer.width - 110) / inner.width, (outer.height - 40) / inner.height);
    const shown = Math.max(scale, 0.75);
    const [width, height] = [outer.width / shown, outer.height / shown];
    const start = this.modeler.get("elementRegistry").find((each) => kindOf(each) === "start");
    const middle = inner.height < height ? inner.y + inner.height / 2 : (start?.y ?? inner.y);
    canvas.viewbox({ x: inner.x - 90 / shown, y: middle - height / 2, width, height });
  }

  showState() {
    this.page("undo").disabled = !this.stack.canUndo();
    this.page("redo").disabled = !this.stack.canRedo();
    this.page("save").classList.toggle("btn-primary", this.dirty);
    if (this.dirty) this.say(t("Có thay đổi chưa lưu."), "near");
  }

  say(words, state = "") {
    const said = this.page("said");
    said.textContent = words;
    said.dataset.state = state;
  }

  async form(more = {}) {
    const data = new FormData();
    const { xml } = await this.modeler.saveXML({ format: true });
    data.set("bpmn", xml);
    for (const name of ["process", "mark", "called"]) data.set(name, this.page("form").elements[name].value);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  }

  async post(act, data) {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const address = act === "save" ? this.root.dataset.page : `${this.root.dataset.page}${act}/`;
    const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "error" });
    return answer.json();
  }

  async save(event) {
    event.preventDefault();
    document.activeElement?.blur(); // a field that is being typed in is written first
    const at = this.stack._stackIdx;
    let answer;
    try {
      answer = await this.post("save", await this.form());
    } catch {
      this.say(t("Chưa lưu được: mất kết nối hoặc phiên đã hết. Sơ đồ vẫn còn trên trang này; hãy thử lại."), "late");
      return;
    }
    if (answer.mark) {
      this.page("form").elements.mark.value = answer.mark;
      Object.assign(this, { saved: at, imported: false });
      this.showState();
      if (!this.dirty) this.say(answer.said, "done");
    } else this.say(answer.said, "late");
    this.checking.show(answer.problems ?? []);
  }

  // The layout of the server, laid over the same process; it can be undone only by opening the saved draft again.
  async tidy() {
    const answer = await this.post("tidy", await this.form());
    if (!answer.bpmn) return this.say(answer.said, "late");
    this.imported = true;
    await this.open(answer.bpmn);
    this.showState();
  }

  async take() {
    const input = this.page("import");
    const data = await this.form();
    for (const file of input.files) data.append("files", file);
    input.value = "";
    const answer = await this.post("import", data);
    if (!answer.bpmn) {
      this.say(answer.said, "late");
      this.checking.show(answer.problems ?? []);
      return;
    }
    this.page("form").elements.called.value = answer.called;
    this.imported = true;
    await this.open(answer.bpmn);
    this.say(answer.said, "near");
  }
}
