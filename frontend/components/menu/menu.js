// A menu is a <details>: a press elsewhere or Esc closes it.
export function register() {
  const close = (except) => document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu !== except && (menu.open = false));
  document.addEventListener("click", (event) => close(event.target.closest?.("details[data-menu]")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
}
