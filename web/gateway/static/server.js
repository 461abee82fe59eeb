// Talking to the gateway: JSON in and out, retries with the same key, and the stream of events.

const WAITS = [500, 1000, 2000, 4000, 8000, 8000];

export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function answerOf(response) {
  const body = await response.json().catch((error) => ({ error: String(error) }));
  if (!response.ok) throw new Refused(response.status, body.error);
  return body;
}

export async function get(path) {
  return answerOf(await fetch(path, { cache: 'no-store' }));
}

// A File goes as its bytes, anything else as JSON.
export async function post(path, body) {
  const isFile = body instanceof File;
  const headers = { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json' };
  return answerOf(await fetch(path, { method: 'POST', headers, body: isFile ? body : JSON.stringify(body) }));
}

// Post until the server has taken it. A key, in the body or the path, makes a repeat harmless. A refusal is final; silence
// is not.
export async function postSurely(path, body) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await post(path, body);
    } catch (error) {
      const final = error instanceof Refused && error.status < 500 && error.status !== 429;
      if (final || attempt >= WAITS.length) throw error;
      await sleep(WAITS[attempt]);
    }
  }
}

// Listen for events; `handlers.hello` runs at every (re)connection, `handlers.lost` when it breaks.
export function listen(handlers) {
  let source;
  const connect = () => {
    source = new EventSource('/api/events');
    for (const kind of Object.keys(handlers)) {
      if (kind === 'lost') continue;
      source.addEventListener(kind, (event) => handlers[kind](JSON.parse(event.data)));
    }
    source.onerror = () => {
      handlers.lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
    };
  };
  connect();
  window.addEventListener('pagehide', () => source.close());
  window.addEventListener('pageshow', (event) => event.persisted && connect());
}
