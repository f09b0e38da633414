// Does the little work that a form with `data-proof` asks for (see proof.py), from the first touch, in turns that leave the page free.
const zeroBits = (digest) => {
  let bits = 0;
  for (const byte of new Uint8Array(digest)) {
    if (byte) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
};

const solve = async (challenge) => {
  const wanted = Number(challenge.split(".")[1]);
  const text = new TextEncoder();
  for (let start = 0; ; start += 256) {
    const tries = Array.from({ length: 256 }, (_, n) => crypto.subtle.digest("SHA-256", text.encode(`${challenge}:${start + n}`)));
    const found = (await Promise.all(tries)).findIndex((digest) => zeroBits(digest) >= wanted);
    if (found >= 0) return String(start + found);
    await new Promise((rest) => setTimeout(rest));
  }
};

for (const form of document.querySelectorAll("form[data-proof]")) {
  const { proof_challenge: challenge, proof_solution: solution } = form.elements;
  if (!challenge || !solution || !crypto.subtle) continue;
  let work;
  const begin = () => (work ??= solve(challenge.value).then((found) => { solution.value = found; }));
  for (const touch of ["focusin", "pointerdown", "input"]) form.addEventListener(touch, begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (solution.value) return;
    event.preventDefault();
    await begin();
    form.requestSubmit(event.submitter);
  });
}
