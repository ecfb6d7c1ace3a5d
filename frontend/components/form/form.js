// Shows what is asked and hides what is not, as the form's conditions say. The server decides again when the form is
// sent: what is hidden then is not stored. Without this everything is shown, with its condition in words.
const isOff = (input) => input.closest("[data-off]") !== null;

function valuesOf(form, name) {
  return [...form.elements]
    .filter((input) => input.name === name && !isOff(input) && (!["checkbox", "radio"].includes(input.type) || input.checked))
    .map((input) => input.value.trim())
    .filter(Boolean);
}

function isFilled(form, name) {
  if (valuesOf(form, name).length) return true;
  // A person, an address, rows: anything typed in them that the page had not put there by itself.
  return [...form.elements].some(
    (input) => input.name.startsWith(`${name}.`) && !["hidden", "button", "submit"].includes(input.type) && !isOff(input)
      && (["checkbox", "radio"].includes(input.type) ? input.checked : input.value.trim() && input.value !== input.defaultValue),
  );
}

const number = (text) => Number(text.replace(/\s|\.(?=\d{3}(\D|$))/g, "").replace(",", "."));

function holds(test, form) {
  if (test.all) return test.all.every((one) => holds(one, form));
  if (test.any) return test.any.some((one) => holds(one, form));
  if (test.not) return !holds(test.not, form);
  if ("filled" in test) return isFilled(form, test.input) === test.filled;
  const values = valuesOf(form, test.input);
  if (test.in) return values.some((value) => test.in.includes(value));
  return values.some((value) => ("least" in test ? number(value) >= test.least : number(value) <= test.most));
}

function settle(form) {
  const asked = [...form.querySelectorAll("[data-when]")];
  for (let round = 0, changed = true; changed && round < 6; round += 1) {
    changed = false;
    for (const part of asked) {
      const off = !holds(JSON.parse(part.dataset.when), form);
      if (off === part.hasAttribute("data-off")) continue;
      part.toggleAttribute("data-off", off);
      changed = true;
    }
  }
}

const settleAll = () => document.querySelectorAll("form:has([data-when])").forEach(settle);

export function register() {
  settleAll();
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => event.target.form?.querySelector("[data-when]") && settle(event.target.form));
  }
  // Not after:swap: the element it is told on is often the one that has just been replaced.
  document.addEventListener("htmx:before:swap", () => setTimeout(settleAll, 50));
}
