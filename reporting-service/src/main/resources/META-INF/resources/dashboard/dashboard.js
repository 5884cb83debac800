// The page is complete without this module. With it, the page follows the change log, and answers a pointer.
import { enliven } from "./figures.js";
import { follow } from "./live.js";
import { slider } from "./moment.js";
import { isLive } from "./page.js";
import { remember } from "./visits.js";

const root = document.documentElement;
const status = document.getElementById("live");
root.classList.add("js-on");
enliven(document);
document.addEventListener("ledger287:moved", () => enliven(document));
slider();
remember();
copying();
closing();
if (status) {
  // A page that stands still may be brought to now by its slider.
  let following = false;
  const begin = () => {
    if (following || !isLive()) return;
    following = true;
    follow(status);
  };
  document.addEventListener("ledger287:moved", begin);
  begin();
}
if (document.getElementById("importer")) {
  import("./importer.js").then((importer) => importer.start());
}
if (root.classList.contains("embedded")) {
  // A page that embeds us with our module gives the frame the height we ask for. It learns nothing else.
  const tell = () => parent.postMessage({ ledger287Height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
}

// Escape closes what was opened, and leads back to what opened it.
function closing() {
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.activeElement?.closest("details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    if (!button) return;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.dataset.made = "";
    button.parentElement.querySelector("[role=status]")?.remove();
    button.after(said);
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = ` ${status.dataset.copied}`;
    } catch {
      // A browser that does not let us: the text is selected, to be copied by hand.
      const text = button.closest("p, section")?.querySelector("q");
      if (text) getSelection().selectAllChildren(text);
    }
  });
}
