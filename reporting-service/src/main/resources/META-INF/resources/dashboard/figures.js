// Answers a pointer in the line chart, and takes drawings along as PNG. The drawings themselves come from the server.
import "/webjars/d3-array/3.2.4/dist/d3-array.min.js";
import "/webjars/d3-selection/3.0.0/dist/d3-selection.min.js";

const { bisector, pointer, select } = globalThis.d3;

// What each drawing was made readable for; one that has moved on is made so anew.
const readableFor = new WeakMap();

export function enliven(scope) {
  for (const figure of scope.querySelectorAll(".figure")) {
    for (const svg of figure.querySelectorAll("svg[data-points]")) {
      const shows = JSON.stringify(svg.dataset);
      if (readableFor.get(svg) === shows) continue;
      readableFor.set(svg, shows);
      svg.querySelector("[data-made]")?.remove();
      readable(figure, svg);
    }
    for (const button of figure.querySelectorAll("button.png")) {
      button.hidden = false;
      // Where no image can be made of it, the drawing itself is shown.
      button.onclick = () => png(button.dataset.svg, button.dataset.name).catch(() => location.assign(button.dataset.svg));
    }
  }
  for (const button of scope.querySelectorAll("button.copy")) button.hidden = !navigator.clipboard;
}

function readable(figure, svg) {
  const data = svg.dataset;
  const names = data.names.split("|");
  const rows = data.points.split(";").filter(Boolean).map((row) => {
    const [day, ...values] = row.split(",");
    return { day, time: Date.parse(day), values: values.map((value) => (value === "" ? null : Number(value))) };
  });
  if (rows.length === 0) return;
  const [from, to] = [Date.parse(data.from), Date.parse(data.to)];
  const [left, right, top, bottom] = [data.left, data.right, data.top, data.bottom].map(Number);
  const at = bisector((row) => row.time).center;
  const x = (time) => left + ((time - from) / Math.max(1, to - from)) * (right - left);
  const y = (value) => bottom - (value / Math.max(1, Number(data.largest))) * (bottom - top);
  let reached = rows.length;
  const layer = select(svg).append("g").attr("aria-hidden", "true").attr("data-made", "");
  const readout = figure.querySelector(".readout");
  const language = document.documentElement.lang;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

  function show(row) {
    layer.selectAll("*").remove();
    layer.append("line").attr("class", "cursor").attr("x1", x(row.time)).attr("x2", x(row.time)).attr("y1", top).attr("y2", bottom);
    layer.selectAll("circle").data(row.values.filter((value) => value !== null)).join("circle")
      .attr("class", "cursor-dot").attr("r", 4).attr("cx", x(row.time)).attr("cy", y);
    readout.textContent = `${day.format(row.time)}: ` + names
      .map((name, i) => `${name} ${row.values[i] === null ? "?" : row.values[i].toLocaleString(language)}`).join(" · ");
  }
  select(svg)
    .on("pointermove", (event) => {
      const [px] = pointer(event, svg);
      show(rows[at(rows, from + ((px - left) / (right - left)) * (to - from))]);
    })
    .on("pointerleave", clear)
    // The lines take the focus; from there the arrows go from point to point, and what stands there is said.
    .on("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -rows.length, End: rows.length }[event.key];
      if (!step) return;
      event.preventDefault();
      reached = Math.min(rows.length - 1, Math.max(0, reached + step));
      readout.removeAttribute("aria-hidden");
      readout.setAttribute("aria-live", "polite");
      show(rows[reached]);
    })
    .on("focusout", clear);

  function clear() {
    layer.selectAll("*").remove();
    readout.textContent = "";
  }
}

async function png(address, name) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the drawing answered ${answer.status}`);
  const drawing = await answer.text();
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([drawing], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2 + 80;
  canvas.height = image.naturalHeight * 2 + 80;
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fdfcf9";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 40, 40, canvas.width - 80, canvas.height - 80);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }, "image/png");
}
