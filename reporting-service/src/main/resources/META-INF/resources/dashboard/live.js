// Keeps a page at the newest position. Messages say only that something changed; what is shown is then asked of the server
// as a whole. While the stream is away the page says so, and asks from time to time what it would be told.
import { isLive, load, PATIENCE, position, sequence } from "./page.js";
import { listen } from "./stream.js";

const POLL = 5000;
const AGAIN = 3000;

export function follow(status) {
  let connection = "connecting";
  let paused = false;
  let newest = position();
  let loading = false;
  let answering = true;

  say();
  listen((place) => {
    newest = place;
    moveOn();
  }, (state) => {
    connection = state;
    // A question that failed while the stream was away is asked again: nothing else would.
    if (state === "live" && !answering) ask();
    say();
  });
  setInterval(() => {
    if ((connection !== "live" || !answering) && !document.hidden) ask();
  }, POLL);
  // Who comes back to a page that slept, or to a network, is not to wait for the next message.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  addEventListener("online", ask);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("button.pause")) return;
    paused = !paused;
    show();
    moveOn();
  });
  document.addEventListener("ledger287:moved", show);
  show();

  async function ask() {
    if (!isLive()) return;
    try {
      const answer = await fetch("/v1/statistics/headline", { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) throw new Error(`the headline answered ${answer.status}`);
      answering = true;
      newest = answer.headers.get("Feed-Position") ?? newest;
      moveOn();
    } catch {
      answering = false;
    }
    say();
  }

  async function moveOn() {
    if (paused) show();
    if (paused || loading || !isLive() || newest === position()) return;
    loading = true;
    const wanted = newest;
    try {
      await load(location.href);
      answering = true;
    } catch {
      answering = false;
    }
    loading = false;
    say();
    if (!answering || behind(wanted)) setTimeout(moveOn, AGAIN);
    else if (newest !== wanted) moveOn();
  }

  // Another instance of the service may have answered than the one that told of the change.
  function behind(wanted) {
    const [epoch] = wanted.split("-");
    return position().startsWith(`${epoch}-`) && sequence(position()) < sequence(wanted);
  }

  function show() {
    for (const button of document.querySelectorAll("button.pause")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(paused));
      button.textContent = paused ? status.dataset.resume : status.dataset.pause;
    }
    const waiting = sequence(newest) - sequence(position());
    for (const place of document.querySelectorAll(".pending-count")) {
      const count = paused && waiting > 0 ? `${waiting.toLocaleString(document.documentElement.lang)} ${status.dataset.waiting}` : "";
      if (place.textContent !== count) place.textContent = count;
    }
    say();
  }

  function say() {
    const state = !isLive() ? "still" : connection === "live" ? (answering ? (paused ? "paused" : "live") : "lost")
      : connection === "connecting" ? "connecting" : answering ? "asking" : "lost";
    const words = status.dataset[state] ?? "";
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }
}
