// On a phone one question a screen; the whole page stays one form, and without this script one page.
const narrow = matchMedia("(max-width: 40rem)");
for (const form of document.querySelectorAll("[data-steps]")) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const walk = form.querySelector("[data-walk]");
  const said = walk.querySelector("[data-words]");
  let at = Math.max(0, steps.findIndex((step) => step.querySelector(".field--wrong")));
  const show = (move) => {
    for (const [n, step] of steps.entries()) step.hidden = narrow.matches && n !== at;
    walk.hidden = !narrow.matches;
    walk.querySelector("[data-back]").disabled = at === 0;
    walk.querySelector("[data-next]").hidden = at === steps.length - 1;
    said.textContent = said.dataset.words.replace("%n", at + 1).replace("%all", steps.length);
    if (move) steps[at].querySelector("input:not([type=hidden]), textarea, select")?.focus();
  };
  walk.querySelector("[data-back]").addEventListener("click", () => { at -= 1; show(true); });
  walk.querySelector("[data-next]").addEventListener("click", () => {
    const lacking = [...steps[at].querySelectorAll("input, textarea, select")].find((field) => !field.checkValidity());
    if (lacking) { lacking.reportValidity(); return; }
    at += 1;
    show(true);
  });
  narrow.addEventListener("change", () => show(false));
  show(false);
}
