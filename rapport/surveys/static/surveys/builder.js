// Drag questions and lines into another order, and put an answer into the words at the cursor. Without it there are
// buttons, numbers and braces to type.
let dragged = null;

const items = (list) => [...list.children].filter((one) => one !== dragged && (one.dataset.drag || "sort" in one.dataset));
const prepare = () => {
  for (const one of document.querySelectorAll("[data-grip], [data-insert] [data-text]")) one.hidden = false;
};
prepare();
document.addEventListener("htmx:afterSettle", prepare);

// Only what is taken by its grip can be dragged: words in it can still be chosen with the mouse.
document.addEventListener("pointerdown", (event) => {
  const one = event.target.closest("[data-grip]")?.parentElement.closest("[data-drag], [data-sort]");
  if (one) one.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  const one = event.target.closest?.("[data-drag], [data-sort]");
  if (!one || event.target.matches?.("input, textarea, a")) return;
  dragged = one;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", one.dataset.drag ?? "");
  one.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const list = event.target.closest?.(dragged?.dataset.drag ? "[data-drag-list]" : "[data-sort-list]");
  if (!dragged || !list || (!dragged.dataset.drag && list !== dragged.parentElement)) return;
  event.preventDefault();
  const next = items(list).find((one) => event.clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
  list.insertBefore(dragged, next ?? null);
});

document.addEventListener("drop", (event) => {
  if (!dragged) return;
  event.preventDefault();
  const one = dragged;
  finish();
  const list = one.parentElement;
  if (one.dataset.drag) {
    const form = one.querySelector("form[data-place]");
    form.elements.page.value = list.dataset.page;
    form.elements.before.value = one.nextElementSibling?.dataset.drag ?? "";
    form.requestSubmit();
  } else [...list.children].forEach((line, n) => { line.querySelector("input[type=number]").value = n + 1; });
});
document.addEventListener("dragend", () => finish());
const finish = () => {
  dragged?.classList.remove("is-dragged");
  dragged?.removeAttribute("draggable");
  dragged = null;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert] [data-text]");
  if (!button) return;
  const field = document.getElementById(button.closest("[data-insert]").dataset.insert);
  field.setRangeText(button.dataset.text, field.selectionStart, field.selectionEnd, "end");
  field.focus();
});
