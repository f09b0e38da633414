// The screen forgets: after a while without a touch it returns to its start.
const room = document.querySelector("[data-idle]");
let left = Number(room.dataset.seconds);
for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => { left = Number(room.dataset.seconds); });
setInterval(() => { left -= 1; if (left <= 0) location.replace(room.dataset.idle); }, 1000);
