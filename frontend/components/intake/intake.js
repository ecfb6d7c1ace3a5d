// The counter's two savings of a hand's movement: tick all that is required; no file leaves with a draft.
// Enter goes on to the next field: a dossier is received by its button, never by a slip of the hand.
function goOn(event) {
  const input = event.target;
  if (event.key !== "Enter" || event.isComposing || !input.matches?.("#intake input:not([type=file]), #intake select")) return;
  event.preventDefault();
  // A scanner types the code and then Enter.
  if (input.matches("[data-declared]")) return document.querySelector("[data-declared-go]").click();
  const fields = [...document.querySelectorAll("#intake input:not([type=hidden]), #intake select, #intake textarea, .intake-go")];
  fields.slice(fields.indexOf(input) + 1).find((field) => field.offsetParent)?.focus();
}

// A piece of the form that arrives late never overwrites what was typed meanwhile, nor drops a chosen file.
function keepTyped(event) {
  for (const { target, fragment } of event.detail.tasks) {
    if (!target?.querySelectorAll || !/^(person-|papers|b-)/.test(target.id) || fragment.querySelector("[data-fresh]")) continue;
    for (const old of target.querySelectorAll("input[name], textarea[name]")) {
      const fresh = fragment.querySelector(`[name="${CSS.escape(old.name)}"]`);
      if (!fresh || old.type === "hidden") continue;
      if (old.type === "file") old.files.length && fresh.replaceWith(old);
      else if (old.type === "checkbox") fresh.checked = old.checked;
      else if (old.value.trim()) fresh.value = old.value;
    }
  }
}

export function register() {
  document.addEventListener("keydown", goOn);
  document.addEventListener("htmx:before:swap", keepTyped);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-tick-required]")) return;
    for (const box of document.querySelectorAll("#papers [data-required] .paper-there input")) box.checked = true;
    document.getElementById("intake").dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("htmx:config:request", (event) => {
    const body = event.detail.ctx.request.body;
    if (!(body instanceof FormData) || !event.detail.ctx.sourceElement?.matches("#draft-note, [name=refresh], [data-place]")) return;
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  });
}
