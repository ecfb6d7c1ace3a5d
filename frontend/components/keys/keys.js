// Keyboard first: / searches, j and k walk the rows of a list, Enter opens, ? lists the keys.
// The list remembers the row that was opened, and stands on it again on return.
const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
const place = () => `place:${location.pathname}${location.search}`;

function stand(row) {
  if (!row) return;
  row.querySelector("a[data-open]")?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const all = rows();
  const now = all.findIndex((row) => row.contains(document.activeElement));
  stand(all[Math.min(all.length - 1, Math.max(0, now + step))] ?? all[0]);
}

export function register() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const act = {
      "/": () => document.querySelector("[data-search]")?.focus(),
      "?": () => document.getElementById("keys")?.showModal(),
      j: () => walk(1),
      k: () => walk(-1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (row && event.target.closest("a[data-open]")) sessionStorage.setItem(place(), row.dataset.row);
  });
  const kept = sessionStorage.getItem(place());
  if (kept) {
    sessionStorage.removeItem(place());
    stand(rows().find((row) => row.dataset.row === kept));
  }
}
