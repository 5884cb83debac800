// The page as the server makes it now, put in place of the page as it was, at one position: counters, drawings, tables and
// the feed always belong together.
import { bring } from "./tree.js";

const root = document.documentElement;
// Whoever does not answer for so long is said not to.
export const PATIENCE = 15_000;

// Where in the change log the shown figures stand.
export function position() {
  return root.dataset.position;
}

// Whether the page shows what is known now, and moves on when more is.
export function isLive() {
  return root.dataset.live === "true";
}

// How many changes lie before a position; 0 for what is none.
export function sequence(place) {
  return Number(String(place ?? "").split("-").pop()) || 0;
}

// Whether a position lies before another of the same log; the positions of two logs have no order.
export function isBefore(one, other) {
  return logOf(one) === logOf(other) && sequence(one) < sequence(other);
}

function logOf(place) {
  return String(place ?? "").split("-")[0];
}

// Of what was asked for, only the last is shown.
let asked = 0;

export async function load(address) {
  const mine = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`the page answered ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  // Another instance may have answered, which has not seen yet what this page shows.
  const { live, position: place } = fresh.documentElement.dataset;
  if (isLive() && live === "true" && isBefore(place, position())) return;
  const before = figures();
  for (const name of ["lang", "data-position", "data-live"]) {
    const value = fresh.documentElement.getAttribute(name);
    if (value !== null) root.setAttribute(name, value);
  }
  document.title = fresh.title;
  bring(document.body, fresh.body);
  for (const [measure, link] of links()) {
    if (before.has(measure) && before.get(measure) !== link.textContent) mark(link);
  }
  document.dispatchEvent(new CustomEvent("ledger287:moved"));
}

function mark(link) {
  link.classList.remove("moved");
  // Without this look at the page, a mark that is taken and given again would not be seen.
  link.getBoundingClientRect();
  link.classList.add("moved");
}

function links() {
  return new Map([...document.querySelectorAll("[data-measure]")].map((link) => [link.dataset.measure, link]));
}

function figures() {
  return new Map([...links()].map(([measure, link]) => [measure, link.textContent]));
}
