// What changed since this browser was here: the position of the last visit, kept on the reader's own machine only.
const KEY = "ledger287.position";

export function remember() {
  const place = document.getElementById("since");
  const status = document.getElementById("live");
  if (!place || document.documentElement.dataset.live !== "true") return;
  const now = document.documentElement.dataset.position;
  try {
    const [epoch, then] = (localStorage.getItem(KEY) ?? "").split("-");
    const [newEpoch, newest] = now.split("-");
    const changes = Number(newest) - Number(then);
    if (epoch === newEpoch && changes > 0) {
      const link = place.querySelector("a");
      link.textContent = `${changes.toLocaleString(document.documentElement.lang)} ${status.dataset.since}`;
      place.hidden = false;
    }
    localStorage.setItem(KEY, now);
    document.addEventListener("ledger287:moved", (event) => localStorage.setItem(KEY, event.detail));
  } catch {
    // A browser that keeps nothing for us shows the page all the same.
  }
}
