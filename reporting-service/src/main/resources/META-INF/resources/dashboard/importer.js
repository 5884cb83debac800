// An importer's work: try a workbook first, then import it; decide what a person must. Keys live in the form's fields only.
export function start() {
  const form = document.getElementById("importer");
  const service = form.dataset.service;
  const [file, drop, report, progress] = ["file", "drop", "report", "progress"].map((id) => document.getElementById(id));
  const [trying, importing] = ["try", "import"].map((id) => document.getElementById(id));
  form.onsubmit = (event) => event.preventDefault();
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length > 0) file.files = event.dataTransfer.files;
    importing.disabled = true;
  });
  file.onchange = () => { importing.disabled = true; };
  trying.onclick = async () => { importing.disabled = !(await send(true)); };
  importing.onclick = async () => { importing.disabled = await send(false); };

  // XMLHttpRequest, because fetch does not tell how much of an upload has gone.
  function send(dryRun) {
    const workbook = file.files[0];
    if (!workbook) return Promise.resolve(false);
    const address = new URL("/v1/sheets", service);
    if (dryRun) address.searchParams.set("dry_run", "true");
    if (document.getElementById("kind").value) address.searchParams.set("kind", document.getElementById("kind").value);
    const published = document.getElementById("published").value.trim();
    if (published) address.searchParams.set("published_at", published);
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Authorization", `Bearer ${document.getElementById("key").value}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(workbook.name));
    if (!dryRun) request.setRequestHeader("Idempotency-Key", crypto.randomUUID());
    progress.hidden = false;
    progress.value = 0;
    request.upload.onprogress = (event) => { progress.value = (100 * event.loaded) / event.total; };
    return new Promise((done) => {
      request.onloadend = () => {
        progress.hidden = true;
        done(show(report, request.status, request.responseText));
      };
      request.send(workbook);
    });
  }

  document.getElementById("load-reviews").onclick = async () => {
    const list = document.getElementById("review-list");
    const answer = await fetch(new URL("/v1/reviews?status=open", service));
    const body = await answer.json();
    list.replaceChildren(...(body.items ?? []).map((review) => question(review, service)));
    if ((body.items ?? []).length === 0) list.textContent = "0";
  };
}

function question(review, service) {
  const section = document.createElement("section");
  section.append(element("h3", review.question));
  const said = element("div", "");
  for (const candidate of review.candidates ?? []) {
    const choose = element("button", candidate.summary ?? candidate.id);
    choose.type = "button";
    choose.onclick = () => decide({ choice: "candidate", candidate_id: candidate.id });
    section.append(choose, element("p", (candidate.facts ?? []).join(" ")));
  }
  section.append(said);
  return section;

  async function decide(decision) {
    const reason = prompt(review.question);
    if (!reason) return;
    const answer = await fetch(new URL(`/v1/reviews/${review.review_id}/decision`, service), {
      method: "POST",
      headers: {
        Authorization: `Bearer ${document.getElementById("editor").value}`,
        "Content-Type": "application/json",
        "Idempotency-Key": crypto.randomUUID(),
      },
      body: JSON.stringify({ ...decision, reason }),
    });
    show(said, answer.status, await answer.text());
  }
}

// What the service answered: names and values, whatever they are, as text.
function show(place, status, text) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = { status, detail: text || "The service cannot be reached." };
  }
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [name, value] of Object.entries(answer)) {
    const row = document.createElement("div");
    row.append(element("dt", name.replaceAll("_", " ")), element("dd", plain(value)));
    list.append(row);
  }
  place.replaceChildren(list);
  return status >= 200 && status < 300;
}

function plain(value) {
  if (value === null) return "–";
  if (Array.isArray(value)) return value.map(plain).join("; ") || "–";
  if (typeof value === "object") return Object.entries(value).map(([name, inner]) => `${name.replaceAll("_", " ")}: ${plain(inner)}`).join(", ");
  return String(value);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
