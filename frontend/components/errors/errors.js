// After a refusal the eye and the screen reader go to its reasons; a link goes to the field itself.
function toReasons(root) {
  root.querySelector?.("[data-focus]")?.focus();
}
// The live check writes only the sentences; what a screen reader is told of the input follows them.
function tellInputs() {
  for (const field of document.querySelectorAll(".field")) {
    const input = field.querySelector("input, select, textarea");
    if (field.querySelector(".field-error")) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
}
export function register() {
  document.addEventListener("htmx:after:swap", tellInputs);
  toReasons(document);
  document.addEventListener("htmx:after:swap", (event) => toReasons(event.target));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".error-summary a[href^='#f-']");
    const input = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.scrollIntoView({ block: "center" });
  });
}
