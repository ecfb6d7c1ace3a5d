// Copies a code, or a longer text by the name it is given, and says so in the live region.
import { say } from "../notice/notice.js";

export function register() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    event.preventDefault();
    const code = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      // Plain http on a province's own network has no clipboard API.
      const field = Object.assign(document.createElement("textarea"), { value: code });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(`✓ ${button.dataset.copied || code}`);
  });
}
