// The words of the editor in the reader's language; the page brings those that are not Vietnamese
// (frontend/processes/spoken.py holds every sentence that stands in a t("…") here).
let known = {};

export function speak(translations) {
  known = translations;
}

export const t = (text, places = {}) =>
  (known[text] ?? text).replace(/{(\w+)}/g, (_all, key) => places[key] ?? `{${key}}`);
