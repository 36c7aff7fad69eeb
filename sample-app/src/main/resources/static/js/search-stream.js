/** A search that was refused or broke off: carries the problem detail of the application. */
export class SearchError extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? 'The search failed.');
    this.status = problem.status ?? 0;
  }
}

/**
 * Searches, and yields what arrives as it arrives: arrays of `{hit}`, `{summary}` lines. The next
 * part is read only when the caller comes back for it, so a page that can't keep up slows the
 * daemon down instead of filling its own memory. Aborting the signal ends the search in the daemon.
 */
export async function* searchStream(query, signal) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== false));
  const response = await fetch(`/api/search?${parameters}`, { signal, headers: { accept: 'application/x-ndjson' } });
  if (!response.ok) {
    throw new SearchError(await problemOf(response));
  }
  let ended = false;
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = done ? '' : lines.pop();
    const messages = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    for (const message of messages) {
      if (message.error) {
        throw new SearchError(message.error);
      }
      ended ||= 'summary' in message;
    }
    if (messages.length > 0) {
      yield messages;
    }
    if (done) {
      break;
    }
  }
  if (!ended) {
    throw new SearchError({ detail: 'The application ended the answer before the search was over.' });
  }
}

async function problemOf(response) {
  try {
    return { status: response.status, ...(await response.json()) };
  } catch {
    return { status: response.status, title: `The application answered ${response.status}.` };
  }
}
