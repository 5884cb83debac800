// The page is complete without this module. With it, the page follows the change log, and answers a pointer.
import { follow } from "./live.js";
import { enliven } from "./figures.js";
import { remember } from "./visits.js";
import { slider } from "./moment.js";

document.documentElement.classList.add("js-on");
enliven(document);
slider();
remember();
copying();
const live = document.getElementById("live");
if (live && document.documentElement.dataset.live === "true") {
  follow(live);
}
if (document.getElementById("importer")) {
  import("./importer.js").then((importer) => importer.start());
}
if (document.documentElement.classList.contains("embedded")) {
  // A page that embeds us with our module gives the frame the height we ask for. It learns nothing else.
  const tell = () => parent.postMessage({ ledger287Height: document.documentElement.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
}

function copying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    live.textContent = live.dataset.copied;
  });
}
