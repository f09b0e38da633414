// Buttons that only a script can serve: copy, print, and light without a reload. They stay hidden without it.
const root = document.documentElement;
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-focus]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  if ("focus" in button.dataset) {
    const field = document.getElementById(button.dataset.focus);
    if (field) { event.preventDefault(); (field.matches("div") ? field.querySelector("input") : field)?.focus(); }
  }
  if ("copy" in button.dataset) {
    const text = button.dataset.copy || location.href;
    await navigator.clipboard.writeText(text.startsWith("/") ? location.origin + text : text);
    button.querySelector("span").textContent = button.dataset.done;
  }
});

for (const form of document.querySelectorAll("[data-theme-choice]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value } = event.submitter;
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
    if (value) root.dataset.theme = value; else delete root.dataset.theme;
    for (const one of form.querySelectorAll("button")) one.toggleAttribute("aria-current", one === event.submitter);
    event.submitter.setAttribute("aria-current", "true");
  });
}
