// Fast entry: the small keys choose, Enter goes on, u marks what nobody can read. Without this the page is a plain form.
const form = document.querySelector("[data-entry]");
const stops = form ? [...form.querySelectorAll("[data-entry-stop], [data-entry-stop-group]")] : [];
let typed = "";

const first = document.querySelector("[data-first-field] input:not([type=hidden])");
if (first) first.select();
const wrong = form?.querySelector(".entry__question--wrong [data-entry-stop], .entry__question--wrong [data-entry-stop-group]");
if (stops.length) go(wrong ?? stops[0]);

function go(stop) {
  typed = "";
  const field = stop.matches("[data-entry-stop]") ? stop : stop.querySelector("input:checked") ?? stop.querySelector("input");
  field.focus();
  if (field.select && field.type === "text") field.select();
}

function choose(group, key) {
  const named = (name) => group.querySelector(`[data-key="${CSS.escape(name)}"]`);
  const field = named(typed + key) ?? named(key);
  typed = named(typed + key) ? typed + key : key;
  if (!field) return false;
  if (field.type === "checkbox" && typed.length > 1) named(typed.slice(0, -1))?.click();
  field.click();
  field.focus();
  return true;
}

form?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const here = event.target.closest("[data-entry-stop], [data-entry-stop-group]");
  const isText = event.target.matches("input[type=text], input[type=date], textarea");
  if (event.key === "Enter" && !event.shiftKey && here && !event.target.matches("button")) {
    event.preventDefault();
    const next = stops[stops.indexOf(here) + 1];
    if (next) go(next);
  } else if (!isText && event.key === "u") {
    event.preventDefault();
    event.target.closest("[data-entry-question]")?.querySelector("[data-key=u]").click();
  } else if (!isText && here && event.key.length === 1 && choose(here, event.key)) {
    event.preventDefault();
  }
});
