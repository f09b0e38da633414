/* A guest: keeps the sum beside the projects live. The server adds up all the same. */
for (const purchase of document.querySelectorAll("[data-purchase]")) {
  const line = purchase.querySelector("[data-left-words]");
  if (!line) continue;
  const words = line.querySelector("[data-left]");
  const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 2 });
  const all = Number(purchase.dataset.budget || purchase.dataset.points);
  const used = () =>
    purchase.dataset.points
      ? [...purchase.querySelectorAll("input[type=number]")].reduce((sum, one) => sum + (Number(one.value) || 0), 0)
      : [...purchase.querySelectorAll("[data-cost]:checked")].reduce((sum, one) => sum + Number(one.dataset.cost), 0);
  const say = () => {
    const left = Math.round((all - used()) * 100) / 100;
    line.classList.toggle("purchase__left--over", left < 0);
    words.textContent = (left < 0 ? line.dataset.overWords : line.dataset.leftWords).replace("%n", numbers.format(Math.abs(left)));
  };
  purchase.querySelector("[data-add-up]")?.remove();
  purchase.addEventListener("input", say);
  say();
}
