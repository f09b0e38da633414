// The screen forgets: after a while without a touch it returns to its start. The time left is shown and can be prolonged.
const room = document.querySelector("[data-idle]");
const said = document.querySelector("[data-countdown]");
const longer = document.querySelector("[data-longer]");
let left = Number(room.dataset.seconds);
const more = () => { left = Number(room.dataset.seconds); };
if (said) said.hidden = false;
if (longer) { longer.hidden = false; longer.addEventListener("click", more); }
else for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, more);
setInterval(() => {
  left -= 1;
  if (said) said.textContent = said.dataset.words.replace("%n", Math.max(left, 0));
  if (left <= 0) location.replace(room.dataset.idle);
}, 1000);
addEventListener("pageshow", (event) => { if (event.persisted) location.replace(room.dataset.idle); });
