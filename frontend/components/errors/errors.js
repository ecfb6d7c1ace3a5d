// After a refusal the eye and the screen reader go to its reasons; a link goes to the field itself.
function toReasons(root) {
  root.querySelector?.("[data-focus]")?.focus();
}
export function register() {
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
