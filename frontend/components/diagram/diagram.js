// A wide picture opens where the dossier stands; without a script it is scrolled by hand.
function show(root) {
  for (const wrap of root.querySelectorAll?.("[data-diagram] .diagram-wrap") ?? []) {
    const now = wrap.querySelector(".is-now");
    if (!now) continue;
    const [at, around] = [now.getBoundingClientRect(), wrap.getBoundingClientRect()];
    wrap.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
    wrap.scrollTop += Math.max(0, at.bottom - around.bottom + 16);
  }
}

export function register() {
  document.addEventListener("DOMContentLoaded", () => show(document));
  document.addEventListener("htmx:after:swap", () => show(document));
}
