// What a page of questions does at once where scripts run: further questions open, "none" takes the others away, maps and ranks.
import { holds } from "./conditions.js";
import { rank } from "./ranking.js";

const rowOf = (form) => {
  const row = JSON.parse(form.dataset.known || "{}");
  const many = new Set([...form.querySelectorAll("[type=checkbox]:not([value=yes])")].map((box) => box.name));
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(":") || value.trim() === "") continue;
    if (many.has(name)) (row[name] ??= []).push(value);
    else row[name] = value.trim();
  }
  return row;
};

const show = (part, isAsked) => {
  part.hidden = !isAsked;
  if (part.matches("fieldset")) part.disabled = !isAsked;
  else for (const field of part.querySelectorAll("input, select")) field.disabled = !isAsked;
};

const branch = (form) => {
  for (const part of form.querySelectorAll("[data-when]:not([data-when=''])")) show(part, holds(JSON.parse(part.dataset.when), rowOf(form)));
  for (const own of form.querySelectorAll("[data-other]")) own.hidden = !document.getElementById(own.dataset.other).checked;
};

const alone = (box) => {
  for (const other of box.closest("[data-alone]").querySelectorAll("[type=checkbox]")) {
    if (other !== box && (box.hasAttribute("data-is-alone") || other.hasAttribute("data-is-alone"))) other.checked = false;
  }
};

const place = (map) => {
  const paint = () => { for (const area of map.querySelectorAll("[data-area]")) area.classList.toggle("place__area--chosen", document.getElementById(area.dataset.area).checked); };
  map.addEventListener("click", (event) => {
    const area = event.target.closest("[data-area]");
    if (area) document.getElementById(area.dataset.area).click();
  });
  map.addEventListener("change", paint);
  paint();
};

// On a screen that asks for one face only, a touch of it is all; with the keyboard one chooses first and sends then.
const oneTouch = (form) => {
  form.addEventListener("click", (event) => {
    if (event.detail > 0 && event.target.matches(".smileys input")) form.requestSubmit();
  });
};

for (const form of document.querySelectorAll("[data-answering]")) {
  form.addEventListener("change", (event) => {
    if (event.target.checked && event.target.closest("[data-alone]")) alone(event.target);
    branch(form);
  });
  form.addEventListener("input", () => branch(form));
  if ("oneTouch" in form.dataset && form.querySelector(".smileys")) oneTouch(form);
  for (const map of form.querySelectorAll("[data-place]")) place(map);
  for (const list of form.querySelectorAll("[data-ranking]")) rank(list);
  branch(form);
}
