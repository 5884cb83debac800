// Follows the headline's stream. Each message says only that something changed; what is shown is then taken from the
// server as a whole, at one position, so that counters, drawings, tables and the feed always belong together.
import { enliven } from "./figures.js";

const root = document.documentElement;
const POLL = 5000;

export function follow(status) {
  let paused = false;
  let waiting = 0;
  let asking = false;
  let again = false;
  let shown = sequence(root.dataset.position);

  say("connecting");
  const stream = new EventSource("/v1/stream/headline");
  stream.onopen = () => say(paused ? "paused" : "live");
  stream.onerror = () => {
    say("lost");
    // The browser reconnects by itself, unless it was refused: then we ask from time to time what the page would be told.
    if (stream.readyState === EventSource.CLOSED) setTimeout(look, POLL);
  };
  // A message that the log was built anew, or that we lag behind its floor, is answered like any other: by asking anew.
  stream.onmessage = (message) => {
    const position = message.lastEventId || positionIn(message.data);
    if (position === root.dataset.position) return;
    if (paused) {
      waiting = Math.max(0, sequence(position) - shown) || waiting + 1;
      count();
    } else {
      refresh();
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.pause");
    if (!button) return;
    paused = !paused;
    showPause();
    say(paused ? "paused" : "live");
    if (!paused && waiting > 0) refresh();
  });
  showPause();

  async function look() {
    try {
      const answer = await fetch("/v1/statistics/headline", { cache: "no-cache" });
      const position = answer.headers.get("Feed-Position");
      if (answer.ok && position && position !== root.dataset.position && !paused) await refresh();
    } catch (failure) {
      console.warn("ledger287: nobody answers,", failure.message);
    }
    setTimeout(look, POLL);
  }

  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-cache" });
      if (!answer.ok) throw new Error(`the page answered ${answer.status}`);
      swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      waiting = 0;
      say("moved");
    } catch (failure) {
      console.warn("ledger287: could not bring the page up to date,", failure.message);
      say("lost");
      setTimeout(refresh, 3000);
    } finally {
      asking = false;
      if (again) {
        again = false;
        refresh();
      }
    }
  }

  function swap(fresh) {
    const before = figures();
    const open = [...document.querySelectorAll("#content details[open]")].map(place);
    const focused = document.activeElement?.id || null;
    const scrolled = window.scrollY;
    for (const id of ["notices", "content", "position"]) {
      const old = document.getElementById(id);
      const now = fresh.getElementById(id);
      if (old && now) old.replaceWith(document.adoptNode(now));
    }
    root.dataset.position = fresh.documentElement.dataset.position;
    shown = sequence(root.dataset.position);
    for (const details of document.querySelectorAll("#content details")) {
      if (open.includes(place(details))) details.open = true;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    window.scrollTo(0, scrolled);
    for (const [measure, link] of figures(true)) {
      if (before.has(measure) && before.get(measure) !== link.textContent) link.classList.add("moved");
    }
    enliven(document);
    showPause();
    document.dispatchEvent(new CustomEvent("ledger287:moved", { detail: root.dataset.position }));
  }

  function showPause() {
    for (const button of document.querySelectorAll("button.pause")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(paused));
      button.textContent = paused ? status.dataset.resume : status.dataset.pause;
    }
    count();
  }

  function count() {
    for (const place of document.querySelectorAll(".pending-count")) {
      place.textContent = paused && waiting > 0 ? `${waiting.toLocaleString(root.lang)} ${status.dataset.waiting}` : "";
    }
  }

  function say(state) {
    status.dataset.state = state === "moved" ? "live" : state;
    status.textContent = status.dataset[state];
  }
}

// Where an open part stands, so that it stays open in the page that replaces it.
function place(details) {
  const figure = details.closest("[id]")?.id ?? "";
  const change = details.closest("[data-cursor]")?.dataset.cursor ?? "";
  return `${figure}|${change}|${details.className}`;
}

function figures(asLinks = false) {
  return new Map(
    [...document.querySelectorAll("[data-measure]")].map((link) => [link.dataset.measure, asLinks ? link : link.textContent]),
  );
}

function sequence(position) {
  return Number(String(position ?? "").split("-").pop()) || 0;
}

function positionIn(text) {
  try {
    return JSON.parse(text).feed_position;
  } catch {
    return undefined;
  }
}
