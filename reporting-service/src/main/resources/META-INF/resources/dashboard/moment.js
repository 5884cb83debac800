// The list of publications becomes a slider. The page goes to the day that is chosen, and so does its address, which can be
// shared; going back goes back.
import { isLive, load } from "./page.js";

export function slider() {
  const form = document.getElementById("moment");
  const list = form?.querySelector("select");
  if (!list || list.options.length < 3) return;
  const range = document.createElement("input");
  range.type = "range";
  range.id = "as_of_range";
  range.min = 0;
  const shown = document.createElement("output");
  shown.htmlFor = range.id;
  for (const made of [range, shown]) made.dataset.made = "";
  list.after(range, shown);
  form.onsubmit = (event) => event.preventDefault();

  let going = 0;
  range.oninput = () => {
    say();
    // Not at every step of a hand, or of a key held down.
    clearTimeout(going);
    going = setTimeout(go, 150);
  };
  document.addEventListener("ledger287:moved", fit);
  let visited = asked();
  addEventListener("popstate", () => {
    // A step to another place of the same page asks for nothing, least of all on a page that was paused.
    if (asked() === visited) return;
    visited = asked();
    load(location.href).catch(() => location.reload());
  });
  fit();

  function asked() {
    return location.pathname + location.search;
  }

  function days() {
    return [...list.options].slice(1);
  }

  // To what the page shows, and to the publications that there are by now.
  function fit() {
    form.querySelector("label").htmlFor = range.id;
    for (const replaced of [list, form.querySelector("button")]) {
      replaced.classList.add("hide");
      replaced.tabIndex = -1;
      replaced.setAttribute("aria-hidden", "true");
    }
    range.max = days().length;
    const asOf = new URL(location.href).searchParams.get("as_of");
    const seen = asOf ? days().findLastIndex((day) => day.value <= asOf) : list.selectedIndex - 1;
    range.value = isLive() ? days().length : Math.max(0, seen);
    say();
  }

  function say() {
    const day = days()[range.value];
    shown.textContent = day ? day.textContent : list.options[0].textContent;
    range.setAttribute("aria-valuetext", shown.textContent);
  }

  function go() {
    const address = new URL(location.href);
    const day = days()[range.value];
    address.searchParams.delete("position");
    if (day) address.searchParams.set("as_of", day.value);
    else address.searchParams.delete("as_of");
    if (address.href === location.href) return;
    history.pushState(null, "", address);
    visited = asked();
    load(address).catch(() => location.assign(address));
  }
}
