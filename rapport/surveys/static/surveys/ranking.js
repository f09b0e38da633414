// A list in the order of what matters: by numbers, by arrows, or dragged at its grip with mouse, pen or finger.
export const rank = (list) => {
  const selects = () => [...list.querySelectorAll("select:not(:disabled)")];
  const ranked = () => selects().filter((one) => one.value).sort((one, other) => one.value - other.value);
  const settle = (order) => {
    for (const one of selects()) one.value = order.includes(one) ? String(order.indexOf(one) + 1) : "";
    for (const one of [...order, ...selects().filter((other) => !order.includes(other))]) list.append(one.closest("li"));
  };
  const put = (one, at) => {
    const order = ranked().filter((other) => other !== one);
    if (at !== null) order.splice(Math.max(0, at), 0, one);
    settle(order);
  };
  const told = () => list.dispatchEvent(new Event("input", { bubbles: true }));

  for (const moves of list.querySelectorAll(".ranking__moves, .ranking__grip")) moves.hidden = false;
  list.addEventListener("change", (event) => { put(event.target, event.target.value ? event.target.value - 1 : null); event.target.focus(); });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const one = button.closest("li").querySelector("select");
    const order = ranked(), at = order.indexOf(one), move = Number(button.dataset.move);
    if (at < 0) put(one, move < 0 ? order.length : null);
    else put(one, move > 0 && at === order.length - 1 ? null : at + move);
    button.focus();
    told();
  });
  drag(list, (item) => {
    const one = item.querySelector("select");
    const above = [...list.children].slice(0, [...list.children].indexOf(item)).map((other) => other.querySelector("select"));
    const isBelowAll = above.some((other) => !other.disabled && !other.value);
    put(one, one.value && isBelowAll ? null : above.filter((other) => other.value).length);
    told();
  });
  settle(ranked());
};

// What is held goes where the pointer is; Escape lets go of it where it was.
const drag = (list, dropped) => {
  let held = null, before = [];
  const letGo = () => { held?.classList.remove("ranking__one--held"); held = null; };
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    held = grip.closest("li");
    before = [...list.children];
    held.classList.add("ranking__one--held");
    list.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!held) return;
    const others = [...list.children].filter((one) => one !== held && !one.hidden);
    const next = others.find((one) => event.clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
    if (next !== held.nextElementSibling) list.insertBefore(held, next ?? null);
  });
  list.addEventListener("pointerup", () => { const item = held; letGo(); if (item) dropped(item); });
  const putBack = () => { if (held) list.append(...before); letGo(); };
  list.addEventListener("pointercancel", putBack);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") putBack(); });
};
