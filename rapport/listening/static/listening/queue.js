// j and k walk through the voices, x chooses the one that has the focus.
const queue = document.querySelector("[data-queue]");
const links = queue ? [...queue.querySelectorAll(".queue__words a")] : [];

document.addEventListener("keydown", (event) => {
  if (!links.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const row = event.target.closest(".queue__row");
  const here = row ? links.findIndex((link) => row.contains(link)) : -1;
  if (event.key === "j") links[Math.min(here + 1, links.length - 1)].focus();
  if (event.key === "k") links[Math.max(here - 1, 0)].focus();
  if (event.key === "x" && row) row.querySelector(".queue__pick").click();
});
