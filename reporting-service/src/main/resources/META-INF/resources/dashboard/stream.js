// The headline's stream, opened once for all pages and frames of one browser: browsers allow six connections to a server,
// and a reader with seven tabs, or an article with seven figures, would see the last of them never load.
const STREAM = "/v1/stream/headline";
const AGAIN = 5000;
// How often within the time of silence it is looked whether anything came.
const LOOKS = 9;

// Calls heard(position) for each message, and state("live" | "lost" | "silent") as the connection comes and goes. It is
// silent when not even a heartbeat came for so many milliseconds: whoever read the stream for us may be asleep, or the other
// end gone without a word.
export function listen(heard, state, silence) {
  const shared = navigator.locks && globalThis.BroadcastChannel;
  const channel = shared ? new BroadcastChannel("ledger287-headline") : null;
  let stream = null;
  let last = {};
  let silent = false;
  let quiet = 0;
  // Looks are counted, not the clock: a page that slept itself has not listened.
  setInterval(() => {
    quiet += 1;
    if (quiet < LOOKS) return;
    quiet = 0;
    stream?.again();
    if (silent) return;
    silent = true;
    state("silent");
  }, silence / LOOKS);
  if (!channel) {
    begin();
    return;
  }
  channel.onmessage = ({ data }) => {
    if (data.hello) {
      if (stream) channel.postMessage(last);
    } else if (!stream) {
      take(data);
    }
  };
  channel.postMessage({ hello: true });
  // Whoever holds the lock reads the stream and tells the others; when it goes, the next takes over.
  navigator.locks.request("ledger287-headline", () => {
    begin();
    return new Promise(() => {});
  }).catch(begin);

  function begin() {
    stream ??= open((position) => tell({ ...last, position }), (connection) => tell({ ...last, connection }));
  }

  // Heartbeats too: the others wait for them as we do.
  function tell(news) {
    channel?.postMessage(news);
    take(news);
  }

  function take(news) {
    const before = last;
    const woken = silent;
    last = news;
    quiet = 0;
    silent = false;
    if (news.connection && (woken || news.connection !== before.connection)) state(news.connection);
    if (news.position && news.position !== before.position) heard(news.position);
  }
}

function open(heard, state) {
  let stream = null;
  let later = 0;
  connect();
  return { again: connect };

  function connect() {
    clearTimeout(later);
    stream?.close();
    const mine = new EventSource(STREAM);
    stream = mine;
    mine.onopen = () => state("live");
    // That the log was built anew, or that we lag behind its floor, is news of a position like any other.
    mine.onmessage = (message) => heard(message.lastEventId);
    mine.addEventListener("heartbeat", (message) => heard(JSON.parse(message.data).cursor));
    mine.onerror = () => {
      state("lost");
      // The browser connects again by itself, unless it was refused.
      if (mine.readyState === EventSource.CLOSED) later = setTimeout(connect, AGAIN);
    };
  }
}
