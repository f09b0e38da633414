// A ballot where scripts run: ranks by arrows and dragging, dots with a count of what is left.
import { rank } from "../surveys/ranking.js";

const dots = (left) => {
  const form = left.closest("form"), most = Number(left.dataset.dotsLeft);
  const boxes = [...form.querySelectorAll("[data-dots]")];
  const say = () => {
    const rest = most - boxes.reduce((sum, box) => sum + (Number(box.value) || 0), 0);
    left.textContent = left.dataset.words.replace("%n", rest);
    left.classList.toggle("dots-left--over", rest < 0);
    return rest;
  };
  left.hidden = false;
  for (const button of form.querySelectorAll("[data-dot]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const box = button.parentElement.querySelector("[data-dots]"), more = Number(button.dataset.dot);
      if (more > 0 && say() < 1) return;
      box.value = Math.max(0, (Number(box.value) || 0) + more);
      say();
    });
  }
  form.addEventListener("input", say);
  say();
};

for (const list of document.querySelectorAll("[data-ranking]")) rank(list);
for (const left of document.querySelectorAll("[data-dots-left]")) dots(left);
