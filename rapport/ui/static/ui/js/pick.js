// Says how many rows were chosen for an act on many of them.
for (const form of document.querySelectorAll("[data-bulk]")) {
  const said = form.querySelector("[data-bulk-count]");
  const before = said.textContent;
  const say = () => {
    const n = [...form.elements].filter((one) => one.name === "pick" && one.checked).length;
    said.textContent = n ? said.dataset.words.replace("%n", n.toLocaleString(document.documentElement.lang)) : before;
  };
  document.addEventListener("change", (event) => { if (event.target.form === form) say(); });
  say();
}
