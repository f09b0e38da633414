// How many characters are left, beside each long field that has a limit.
for (const count of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(count.dataset.counter);
  if (!field || field.maxLength < 1) continue;
  const say = () => {
    const left = field.maxLength - field.value.length;
    count.hidden = left > field.maxLength / 2;
    count.textContent = count.dataset.wordsLeft.replace("%n", left.toLocaleString(document.documentElement.lang));
  };
  field.addEventListener("input", say);
  say();
}
