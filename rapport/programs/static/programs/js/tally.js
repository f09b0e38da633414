// A counter in the hand: plus and minus beside each number, and their sum. Without it the numbers are typed.
for (const form of document.querySelectorAll("[data-tally]")) {
  const sum = form.querySelector("[data-tally-sum]");
  const numbers = [...form.querySelectorAll("input[type=number]")];
  const say = () => {
    const counted = numbers.filter((one) => one.value !== "");
    sum.hidden = !counted.length;
    sum.textContent = counted.reduce((all, one) => all + Number(one.value), 0).toLocaleString(document.documentElement.lang);
  };
  for (const button of form.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const number = document.getElementById(button.getAttribute("aria-controls"));
      number.value = Math.max(0, Number(number.value || 0) + Number(button.dataset.step));
      say();
    });
  }
  form.addEventListener("input", say);
  say();
}
