// The headline's stream, opened once for all pages and frames of one browser: browsers allow six connections to a server,
// and a reader with seven tabs, or an article with seven figures, would see the last of them never load.
const STREAM = "/v1/stream/headline";
const AGAIN = 5000;

// Calls heard(position) for each message, and state("live" | "lost") as the connection comes and goes.
export function listen(heard, state) {
  if (!navigator.locks || !globalThis.BroadcastChannel) {
    open(heard, state);
    return;
  }
  const channel = new BroadcastChannel("ledger287-headline");
  let mine = false;
  let last = {};
  channel.onmessage = ({ data }) => {
    if (data.hello) {
      if (mine) channel.postMessage(last);
    } else if (!mine) {
      take(data);
    }
  };
  channel.postMessage({ hello: true });
  // Whoever holds the lock reads the stream and tells the others; when it goes, the next takes over.
  navigator.locks.request("ledger287-headline", () => {
    mine = true;
    open((position) => tell({ ...last, position }), (connection) => tell({ ...last, connection }));
    return new Promise(() => {});
  }).catch(() => open(heard, state));

  function tell(news) {
    channel.postMessage(news);
    take(news);
  }

  function take(news) {
    const before = last;
    last = news;
    if (news.connection && news.connection !== before.connection) state(news.connection);
    if (news.position && news.position !== before.position) heard(news.position);
  }
}

function open(heard, state) {
  const stream = new EventSource(STREAM);
  stream.onopen = () => state("live");
  // That the log was built anew, or that we lag behind its floor, is news of a position like any other.
  stream.onmessage = (message) => heard(message.lastEventId || positionIn(message.data));
  stream.onerror = () => {
    state("lost");
    // The browser connects again by itself, unless it was refused.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => open(heard, state), AGAIN);
  };
}

function positionIn(text) {
  try {
    return JSON.parse(text).feed_position;
  } catch {
    return undefined;
  }
}
