// Keys for the three buttons, by their place on the keyboard so that every layout has them; and after each vote the
// next statement gets the focus, so that it is read out and the buttons are next.
const keys = { KeyA: "a", Digit1: "a", KeyD: "d", Digit2: "d", KeyP: "p", Digit3: "p" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-opinion-key="${keys[event.code]}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

document.addEventListener("htmx:afterSwap", (event) => {
  document.querySelector("#card [data-opinion-words]")?.focus({ preventScroll: event.detail.target?.id !== "card" });
});

// A page that nobody looks at asks for nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.id === "drawing") event.preventDefault();
});
