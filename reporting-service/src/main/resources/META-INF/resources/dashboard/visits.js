// What changed since this browser was here: the position of the last visit, kept on the reader's own machine only.
import { isLive, position } from "./page.js";

const KEY = "ledger287.position";

export function remember() {
  const place = document.getElementById("since");
  if (!place) return;
  if (isLive()) tell(place, kept());
  keep();
  document.addEventListener("ledger287:moved", keep);
}

// How many there are is asked of the page that lists them, so that the number is that of its rows.
async function tell(place, then) {
  const [epoch, sequence] = (then ?? "").split("-");
  const [newEpoch, newest] = position().split("-");
  if (epoch !== newEpoch || !(Number(newest) > Number(sequence))) return;
  const link = place.querySelector("a");
  const address = new URL(link.href);
  address.searchParams.set("after", then);
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const count = Number(page.querySelector("[data-count]")?.dataset.count);
  if (!(count > 0)) return;
  link.href = address.href;
  link.textContent = `${document.getElementById("live").dataset.since}: ${count.toLocaleString(document.documentElement.lang)}`;
  place.hidden = false;
}

// A browser that keeps nothing for us shows the page all the same.
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep() {
  if (!isLive()) return;
  try {
    localStorage.setItem(KEY, position());
  } catch {
    return;
  }
}
