// Keeps a page at the newest position. Messages say only that something changed; what is shown is then asked of the server
// as a whole. While the stream is away the page says so, and asks from time to time what it would be told.
import { isBefore, isLive, load, PATIENCE, position, sequence } from "./page.js";
import { listen } from "./stream.js";

const POLL = 5000;
const AGAIN = 3000;
// An interruption that is over sooner is not worth a reader's attention: each stream ends by itself after half an hour.
const GRACE = 10_000;
// Heartbeats that may stay away before a stream counts as gone.
const MISSED = 3;

export function follow(status) {
  let connection = "connecting";
  let paused = false;
  let newest = position();
  let loading = false;
  let answering = true;
  let reached = false;
  let brokenSince = 0;

  say();
  listen((place) => {
    know(place);
    moveOn();
  }, (state) => {
    connection = state;
    reached ||= state === "live";
    // What was waited for in silence has been waited for long enough.
    if (state === "silent") brokenSince = Date.now() - GRACE;
    // A question that failed while the stream was away is asked again: nothing else would.
    if (state === "silent" || (state === "live" && !answering)) ask();
    say();
  }, MISSED * Number(status.dataset.heartbeat));
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
      know(answer.headers.get("Feed-Position") ?? newest);
      moveOn();
    } catch {
      answering = false;
    }
    say();
  }

  // An instance that lags behind takes back nothing of what another has told.
  function know(place) {
    if (!isBefore(place, newest)) newest = place;
  }

  async function moveOn() {
    if (paused) show();
    if (paused || loading || !isLive() || newest === position() || isBefore(newest, position())) return;
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
    // Another instance of the service may have answered than the one that told of the change.
    if (!answering || isBefore(position(), wanted)) setTimeout(moveOn, AGAIN);
    else if (newest !== wanted) moveOn();
  }

  function show() {
    for (const button of document.querySelectorAll("button.pause")) {
      button.hidden = !isLive();
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
    const broken = connection === "lost" || connection === "silent" || !answering;
    if (!broken) {
      brokenSince = 0;
    } else if (brokenSince === 0) {
      brokenSince = Date.now();
      setTimeout(say, GRACE + 50);
    }
    const interrupted = broken && Date.now() - brokenSince >= GRACE;
    const state = !isLive() ? "still" : interrupted ? (answering ? "asking" : "lost")
      : paused ? "paused" : reached ? "live" : "connecting";
    const words = status.dataset[state] ?? "";
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }
}
