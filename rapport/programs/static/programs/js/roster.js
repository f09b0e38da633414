// At the door: every tap is kept on the device first and sent when it can be; the server takes each once, by its id.
const door = document.querySelector("[data-roster]");
const key = `rapport-door:${door.dataset.post}`;
const kept = () => JSON.parse(localStorage.getItem(key) || "[]");
const keep = (list) => (list.length ? localStorage.setItem(key, JSON.stringify(list)) : localStorage.removeItem(key));
const ticks = [...door.querySelectorAll("[data-attendee]")];
const sums = Object.fromEntries([...door.querySelectorAll("[data-band-sum]")].map((one) => [one.dataset.bandSum, one]));
const number = (text) => Number(text.textContent || 0);

function say() {
  const here = ticks.filter((one) => one.getAttribute("aria-pressed") === "true").length;
  const walked = Object.values(sums).reduce((all, one) => all + number(one), 0);
  door.querySelector("[data-here]").textContent = (here + walked).toLocaleString(document.documentElement.lang);
}

function sayKept(isOffline) {
  const waiting = kept().length;
  door.querySelector("[data-offline]").hidden = !isOffline && !waiting;
  door.querySelector("[data-kept]").textContent = waiting ? waiting.toLocaleString(document.documentElement.lang) : "";
}

// What the server knows, and on top of it what it has not been told yet.
function draw(told) {
  const here = new Set(told.here);
  for (const one of ticks) one.setAttribute("aria-pressed", String(here.has(Number(one.dataset.attendee))));
  for (const [band, sum] of Object.entries(sums)) sum.textContent = told.walkIns[band] || 0;
  kept().forEach(show);
  say();
}

function show(what) {
  if (what.attendee) {
    const tick = ticks.find((one) => Number(one.dataset.attendee) === what.attendee);
    tick?.setAttribute("aria-pressed", String(what.kind === "here"));
  } else if (sums[what.band]) {
    sums[what.band].textContent = Math.max(0, number(sums[what.band]) + (what.kind === "in" ? 1 : -1));
  }
}

let sending = false;
async function send() {
  const waiting = kept();
  if (!navigator.onLine) return sayKept(true);
  if (sending || !waiting.length) return sayKept(false);
  sending = true;
  try {
    const token = door.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "content-type": "application/json", "x-csrftoken": token };
    const answer = await fetch(door.dataset.post, { method: "POST", headers, body: JSON.stringify(waiting) });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    keep(kept().filter((one) => !told.done.includes(one.id)));
    draw(told);
    sayKept(false);
  } catch {
    sayKept(true);
  } finally {
    sending = false;
  }
}

function note(what) {
  keep([...kept(), { id: crypto.randomUUID(), at: new Date().toISOString(), ...what }]);
  show(what);
  say();
  send();
}

door.addEventListener("submit", (event) => event.preventDefault());
door.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.attendee) {
    const kind = button.getAttribute("aria-pressed") === "true" ? "gone" : "here";
    note({ kind, attendee: Number(button.dataset.attendee) });
  } else if (button?.dataset.walk && (button.dataset.walk === "in" || number(sums[button.dataset.band]) > 0)) {
    note({ kind: button.dataset.walk, band: button.dataset.band });
  }
});

const search = door.querySelector("[data-door-search]");
if (search) {
  door.querySelector("[data-search-box]").hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    for (const line of door.querySelectorAll("[data-name]")) line.hidden = !line.dataset.name.includes(wanted);
  });
}

addEventListener("online", send);
addEventListener("offline", () => sayKept(true));
setInterval(send, 20_000);
kept().forEach(show);
say();
send();
navigator.serviceWorker?.register(door.dataset.worker, { scope: "/desk/sessions/" }).catch(() => {});
