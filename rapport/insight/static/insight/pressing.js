// One key for each answer of a form that is shown again and again: [data-press="y"]. Without a script, buttons do.
const typing = (where) => where.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const one = document.querySelector(`[data-pressing] [data-press="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!one) return;
  event.preventDefault();
  if (one.matches("select")) one.focus();
  else one.click();
});
