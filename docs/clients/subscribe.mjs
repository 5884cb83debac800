// Every change of a ledger287, in order, each once. For browsers and for Node 18 or newer; docs/subscribing.md tells why.
//
//   for await (const { cursor, change } of changes("https://…/v1/stream?state=FL", { cursor })) {
//     if (change) show(change);
//     save(cursor);        // together with what you made of the change, if you can
//   }

const SILENCE = 45_000; // three heartbeats: whoever says nothing for so long has gone
const LONGEST_PAUSE = 60_000;
const REMEMBERED = 10_000;

/**
 * @param address of /v1/stream, with filters
 * @param cursor where to go on; "earliest" for everything, "latest" for what comes
 * @param onReset the ledger was built anew and what came since your cursor cannot be told: forget what you hold, load
 *   reset.snapshot, and answer its feed_position, from which this goes on (or reset.floor, for everything again)
 * @param signal an AbortSignal that ends it
 */
export async function* changes(address, { cursor = "latest", onReset = (reset) => reset.floor, signal } = {}) {
  const seen = new Set();
  let retry = 3000;
  for (let failures = 0; !signal?.aborted; failures++) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    let watch = setTimeout(stop, SILENCE);
    signal?.addEventListener("abort", stop);
    try {
      const url = new URL(address);
      url.searchParams.set("cursor", cursor);
      const answer = await fetch(url, { signal: attempt.signal, headers: { Accept: "text/event-stream" } });
      if (answer.status === 400) throw new SyntaxError(await answer.text()); // asking again would not help
      if (!answer.ok) throw new Error(`${answer.status}`);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(watch);
        watch = setTimeout(stop, SILENCE);
        const messages = (rest + read.value).split("\n\n");
        rest = messages.pop(); // half a message, which is none
        for (const message of messages) {
          const field = Object.fromEntries(message.split("\n").map((line) => line.split(/: ?(.*)/, 2)));
          failures = -1;
          if (field.retry) retry = Number(field.retry);
          if (field.event === "reset") {
            cursor = await onReset(JSON.parse(field.data));
            throw new Error("Goes on elsewhere");
          }
          const change = field.data ? JSON.parse(field.data) : null;
          if (field.id && !(change && seen.has(change.id))) yield { cursor: field.id, change };
          if (change) seen.add(change.id);
          if (seen.size > REMEMBERED) seen.delete(seen.values().next().value);
          if (field.id) cursor = field.id;
        }
      }
    } catch (trouble) {
      if (trouble instanceof SyntaxError) throw trouble;
    } finally {
      clearTimeout(watch);
      signal?.removeEventListener("abort", stop);
      stop();
    }
    const longest = Math.min(LONGEST_PAUSE, retry * 2 ** Math.max(0, failures)); // not all of us at once
    if (!signal?.aborted) await new Promise((done) => setTimeout(done, Math.random() * longest));
  }
}
