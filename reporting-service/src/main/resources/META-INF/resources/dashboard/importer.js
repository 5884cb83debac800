// An importer's work: try a workbook first, then import it; decide what a person must. Keys stand in the form's fields and
// nowhere else, and go when the page does.
export function start() {
  const page = document.getElementById("importing");
  const service = page.dataset.service;
  const [form, file, drop, outcome, report, progress] = ["importer", "file", "drop", "outcome", "report", "progress"].map(byId);
  const [trying, importing] = ["try", "import"].map(byId);
  // Of one import, sent again when nobody answered, the service makes one.
  let attempt = newKey();
  let working = false;

  form.onsubmit = (event) => event.preventDefault();
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    file.files = event.dataTransfer.files;
    changed();
  });
  // A workbook that was dropped beside the field is not to be opened in place of the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
  for (const id of ["file", "kind", "published"]) byId(id).addEventListener("change", changed);
  trying.onclick = () => send(true);
  importing.onclick = () => send(false);
  byId("load-reviews").onclick = showQuestions;
  addEventListener("pagehide", () => {
    for (const id of ["key", "editor"]) byId(id).value = "";
  });

  // What was tried is not what would be imported now.
  function changed() {
    importing.disabled = true;
    attempt = newKey();
    report.replaceChildren();
    outcome.textContent = "";
  }

  async function send(dryRun) {
    if (working || !form.reportValidity()) return;
    working = true;
    const sent = attempt;
    trying.disabled = importing.disabled = true;
    outcome.textContent = page.dataset.sending;
    const answer = await upload(dryRun);
    progress.hidden = true;
    working = false;
    trying.disabled = false;
    // Another workbook, or the same as another kind, was chosen meanwhile: that one has not been tried.
    const other = sent !== attempt;
    if (other && dryRun) {
      outcome.textContent = "";
      return;
    }
    importing.disabled = other || (!(dryRun && answer.ok) && answer.status !== 0);
    if (dryRun && !answer.ok) importing.disabled = true;
    outcome.textContent = saying(page, answer, dryRun);
    show(page, report, answer);
    if (answer.ok && answer.body.held && !dryRun) report.append(held(page, service, answer.body));
  }

  // XMLHttpRequest, because fetch does not tell how much of an upload has gone.
  function upload(dryRun) {
    const address = new URL("/v1/sheets", service);
    if (dryRun) address.searchParams.set("dry_run", "true");
    if (byId("kind").value) address.searchParams.set("kind", byId("kind").value);
    const published = byId("published").value.trim();
    if (published) address.searchParams.set("published_at", published);
    const body = new FormData();
    body.append("file", file.files[0]);
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Authorization", `Bearer ${byId("key").value.trim()}`);
    if (!dryRun) request.setRequestHeader("Idempotency-Key", attempt);
    progress.hidden = false;
    progress.value = 0;
    request.upload.onprogress = (event) => {
      // When all of it has gone, how long the service takes nobody knows.
      if (event.loaded < event.total) progress.value = (100 * event.loaded) / event.total;
      else progress.removeAttribute("value");
    };
    return new Promise((done) => {
      request.onloadend = () => done(answered(page, request.status, request.responseText));
      request.send(body);
    });
  }

  async function showQuestions() {
    const list = byId("review-list");
    const said = byId("reviews-outcome");
    said.textContent = page.dataset.sending;
    const [reviews, sheets] = await Promise.all([
      ask(page, new URL("/v1/reviews?status=open&limit=1000", service)),
      ask(page, new URL("/v1/sheets?limit=1000", service)),
    ]);
    list.replaceChildren();
    const failed = [reviews, sheets].find((answer) => !answer.ok);
    if (failed) {
      said.textContent = saying(page, failed, false);
      return;
    }
    const waiting = sheets.body.items.filter((sheet) => sheet.held);
    said.textContent = `${page.dataset.open}: ${(reviews.body.count + waiting.length).toLocaleString(document.documentElement.lang)}`;
    list.append(
      ...waiting.map((sheet) => held(page, service, sheet)),
      ...reviews.body.items.map((review) => question(page, service, review)),
    );
  }
}

// A workbook that is held, and the two ways to go on.
function held(page, service, sheet) {
  return decision(page, {
    title: `${page.dataset.heldTitle}: ${sheet.file_name}`,
    facts: sheet.notes ?? [],
    choices: [
      { value: "release", label: page.dataset.release },
      { value: "rejection", label: page.dataset.reject },
    ],
    source: false,
    request: (choice, reason) => ({
      address: new URL(`/v1/sheets/${encodeURIComponent(sheet.sheet_id)}/${choice}`, service),
      body: { reason },
    }),
  });
}

function question(page, service, review) {
  const choices = (review.candidates ?? []).map((candidate) => ({
    value: `same_as ${candidate.id}`,
    label: `${page.dataset.sameAs} ${candidate.summary}`,
    facts: candidate.facts ?? [],
  }));
  // With candidates the question is where a row went; without, whether its cells were read rightly.
  choices.push(choices.length > 0
    ? { value: "unlisted", label: page.dataset.unlisted }
    : { value: "as_listed", label: page.dataset.asListed });
  return decision(page, {
    title: review.question,
    facts: [],
    choices,
    source: true,
    request: (choice, reason, source_url) => {
      const [kind, candidate_id] = choice.split(" ");
      return {
        address: new URL(`/v1/reviews/${encodeURIComponent(review.review_id)}/decision`, service),
        body: { choice: kind, ...(candidate_id && { candidate_id }), reason, source_url },
      };
    },
  });
}

let decisions = 0;

// One thing to decide: what there is to choose, why, on what source.
function decision(page, what) {
  const number = ++decisions;
  const form = element("form", "", "decision");
  const set = element("fieldset");
  const legend = element("legend", what.title);
  legend.dir = "auto";
  set.append(legend, ...what.facts.map((fact) => element("p", fact, "small")));
  what.choices.forEach((choice, i) => {
    const line = element("p");
    const radio = element("input");
    Object.assign(radio, { type: "radio", name: `choice-${number}`, id: `choice-${number}-${i}`, value: choice.value, required: true });
    const label = element("label", choice.label);
    label.htmlFor = radio.id;
    label.dir = "auto";
    line.append(radio, " ", label);
    set.append(line, ...(choice.facts ?? []).map((fact) => element("p", fact, "small")));
  });
  const reason = field(element("textarea"), `reason-${number}`, page.dataset.reason, set);
  reason.rows = 2;
  const source = what.source ? field(element("input"), `source-${number}`, page.dataset.source, set) : null;
  if (source) source.type = "url";
  const decide = element("button", page.dataset.decide);
  const said = element("p");
  said.setAttribute("role", "status");
  set.append(decide);
  form.append(set, said);
  const key = newKey();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const editor = document.getElementById("editor");
    if (!editor.reportValidity()) return;
    decide.disabled = true;
    said.textContent = page.dataset.sending;
    const { address, body } = what.request(form.elements[`choice-${number}`].value, reason.value, source?.value);
    const answer = await ask(page, address, {
      method: "POST",
      headers: { Authorization: `Bearer ${editor.value.trim()}`, "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(body),
    });
    said.textContent = answer.ok ? page.dataset.decided : saying(page, answer, false);
    set.disabled = answer.ok;
    decide.disabled = answer.ok;
  };
  return form;
}

function field(input, id, words, place) {
  const label = element("label", words);
  input.id = label.htmlFor = id;
  input.required = true;
  const line = element("p");
  line.append(label, input);
  place.append(line);
  return input;
}

async function ask(page, address, options) {
  try {
    const answer = await fetch(address, options);
    return answered(page, answer.status, await answer.text());
  } catch {
    return answered(page, 0, "");
  }
}

function answered(page, status, text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = { detail: status === 0 ? page.dataset.unreachable : `${status} ${text.slice(0, 200)}` };
  }
  return { ok: status >= 200 && status < 300, status, body };
}

// In one sentence, what came of it.
function saying(page, { ok, body }, dryRun) {
  if (!ok) return `${page.dataset.refused} ${[body.detail ?? body.title, body.suggestion].filter(Boolean).join(" ")}`;
  if (dryRun) return body.held ? page.dataset.wouldHold : page.dataset.tried;
  if (body.held) return page.dataset.held;
  return body.already_imported ? page.dataset.already : page.dataset.imported;
}

// The report, as text whatever it is: what was read, what it changes, how counts differ and why, what to know besides.
function show(page, place, { ok, body }) {
  place.replaceChildren();
  if (!ok) return;
  place.append(
    facts([
      [page.dataset.file, body.file_name],
      [page.dataset.published, body.published_label ?? body.published_at],
      [page.dataset.listed, number(body.listed_after)],
    ]),
    table(page.dataset.rows, Object.entries(body.rows ?? {}).map(([name, count]) => [plain(name), number(count)])),
    table(
      page.dataset.changes,
      Object.entries(body.changes ?? {}).filter(([, count]) => count !== 0).map(([name, count]) => [plain(name), number(count)]),
      page.dataset.none,
    ),
    ...(body.differences ?? []).map((it) => element("p", `${plain(it.kind)}: ${number(it.count)}. ${it.explanation ?? ""}`)),
    ...(body.notes ?? []).map((note) => element("p", note)),
  );
  if (body.sheet_id && !body.dry_run && !body.held) {
    const link = element("a", page.dataset.whole);
    link.href = `/imports/${encodeURIComponent(body.sheet_id)}`;
    const line = element("p");
    line.append(link);
    place.append(line);
  }
}

function facts(pairs) {
  const list = element("dl", "", "facts");
  for (const [name, value] of pairs) {
    const pair = element("div");
    pair.append(element("dt", name), element("dd", value ?? "–"));
    list.append(pair);
  }
  return list;
}

function table(title, rows, none) {
  if (rows.length === 0) return element("p", `${title}: ${none}`);
  const made = element("table");
  made.append(element("caption", title));
  const body = element("tbody");
  for (const [name, count] of rows) {
    const row = element("tr");
    const head = element("th", name);
    head.scope = "row";
    row.append(head, element("td", count, "n"));
    body.append(row);
  }
  made.append(body);
  return made;
}

function number(value) {
  return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : "–";
}

function plain(name) {
  return String(name).replaceAll("_", " ");
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function byId(id) {
  return document.getElementById(id);
}

function element(name, text = "", style = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (style) made.className = style;
  return made;
}
