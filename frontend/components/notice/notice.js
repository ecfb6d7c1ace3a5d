// The live region of every page. Words that took effect stay; a mere "copied" goes after a while.
export function say(text) {
  const region = document.getElementById("notices");
  if (!region) return;
  const line = Object.assign(document.createElement("div"), { className: "notice notice-note", textContent: text });
  region.append(line);
  setTimeout(() => line.remove(), 4000);
}
export function register() {
  document.documentElement.classList.add("scripted");
  // The server could not be reached: what was typed stands on the page, and the person is told.
  document.addEventListener("htmx:error", () => say(document.getElementById("notices").dataset.lost));
}
