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
  // Not after:swap: the element it is told on is often the one that has just been replaced.
  document.addEventListener("htmx:before:swap", () => setTimeout(tellInputs, 50));
  toReasons(document);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".error-summary a[href^='#f-']");
    const input = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.scrollIntoView({ block: "center" });
  });
}
