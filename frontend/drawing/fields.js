// Small pieces of the panel: labelled fields in plain DOM, each tied to its label and hint.
let last = 0;

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function framed(label, input, hint) {
  const id = `p-${(last += 1)}`;
  input.id = id;
  const words = hint ? make("p", { class: "field-hint", id: `${id}-h` }, hint) : null;
  if (words) input.setAttribute("aria-describedby", words.id);
  return make("div", { class: "field" }, make("label", { class: "field-label", for: id }, label), words, input);
}

// A change is written when the field is left (or Enter pressed), as one step of undo.
export function textField(label, value, write, { hint, list, name } = {}) {
  const input = make("input", { class: "form-control", type: "text", value: value ?? "", list, "data-field": name, autocomplete: "off" });
  input.addEventListener("change", () => write(input.value.trim()));
  return framed(label, input, hint);
}

export function areaField(label, value, write, { hint, name } = {}) {
  const input = make("textarea", { class: "form-control", rows: "3", "data-field": name });
  input.value = value ?? "";
  input.addEventListener("change", () => write(input.value));
  return framed(label, input, hint);
}

export function choiceField(label, options, value, write, { hint, empty, name } = {}) {
  const input = make("select", { class: "form-select", "data-field": name });
  const known = options.some(([key]) => key === value);
  if (empty != null) input.append(make("option", { value: "" }, empty));
  for (const [key, text] of known || !value ? options : [...options, [value, value]]) {
    input.append(make("option", { value: key, selected: key === value }, text));
  }
  input.addEventListener("change", () => write(input.value));
  return framed(label, input, hint);
}

export function press(label, act, kind = "") {
  return make("button", { type: "button", class: `btn ${kind}`.trim(), onclick: act }, label);
}
