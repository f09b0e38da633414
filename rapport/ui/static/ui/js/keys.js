// The desk's keyboard: "/" goes to the search field, "?" opens the help.
const typing = (where) => where.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("main [data-search], [data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "?") {
    event.preventDefault();
    document.getElementById("keys")?.togglePopover();
  }
});
