const WORDS = {
  STOPPED: 'Stopped',
  STARTING: 'Starting',
  READY: 'Ready',
  BACKING_OFF: 'Gone, back in a moment',
  DRAINING: 'Draining',
  FAILED: 'Failed',
  OFFLINE: 'Application unreachable',
};

const TIMELINE_LENGTH = 8;
const CHANGES_LENGTH = 6;

/** What the application tells of its daemon, as it happens: state, process, life, changed files. */
export class DaemonView extends EventTarget {
  #state = 'CONNECTING';
  #told = new Set();

  get ready() {
    return this.#state === 'READY';
  }

  connect() {
    // the browser connects again by itself when the application comes back
    const events = new EventSource('/api/events');
    events.addEventListener('state', (event) => this.#onState(JSON.parse(event.data)));
    events.addEventListener('fileChanged', (event) => this.#onFileChanged(JSON.parse(event.data)));
    events.onerror = () => this.#show('OFFLINE');
    by('kill-copy').addEventListener('click', () => this.dispatchEvent(
      new CustomEvent('copy', { detail: by('kill-command').textContent })));
  }

  /** Asks the daemon for its own figures. */
  async refreshStats() {
    try {
      const response = await fetch('/api/stats');
      if (response.ok) {
        const stats = await response.json();
        by('fact-searches').textContent = `${(stats.searches - stats.running).toLocaleString()} done, ${stats.running} running`;
      }
    } catch {
      // the stream of events has said already that the application is away
    }
  }

  #onState(status) {
    by('root').textContent = status.root;
    by('root').title = status.root;
    by('fact-pid').textContent = status.pid ?? '–';
    by('fact-generation').textContent = status.generation || '–';
    by('fact-version').textContent = status.version ?? '–';
    const killable = status.state === 'READY' && status.pid != null;
    by('kill').hidden = by('kill-hint').hidden = !killable;
    by('kill-command').textContent = `kill -9 ${status.pid}`;
    this.#show(status.state);
    this.#remember(status);
    if (this.ready) {
      this.refreshStats();
    }
    this.dispatchEvent(new CustomEvent('state', { detail: status }));
  }

  #show(state) {
    this.#state = state;
    for (const id of ['pill', 'fact-state']) {
      by(id).dataset.state = state;
    }
    by('pill-text').textContent = state === 'READY' ? 'Daemon ready' : WORDS[state];
    by('fact-state').textContent = WORDS[state];
  }

  #remember({ state, at, pid, generation, reason }) {
    // a new connection of this page tells the last states once more
    const key = `${state} ${at}`;
    if (this.#told.has(key)) {
      return;
    }
    this.#told.add(key);
    const entry = document.createElement('li');
    entry.dataset.state = state;
    entry.append(span('what', describe(state, generation, pid)), timeOf(at));
    if (reason && ['BACKING_OFF', 'FAILED'].includes(state)) {
      entry.append(span('why', reason));
    }
    const timeline = by('timeline');
    timeline.prepend(entry);
    timeline.children[TIMELINE_LENGTH]?.remove();
  }

  #onFileChanged({ path, kind }) {
    const changes = by('changes');
    changes.querySelector('.none')?.remove();
    const entry = document.createElement('li');
    const code = document.createElement('code');
    // the end of a long path tells most, so the box is cut on its left; the mark keeps its direction
    code.textContent = `\u200e${path}`;
    code.title = `${path} ${kind}`;
    entry.append(code, span('kind', kind));
    [...changes.children].find((other) => other.textContent === entry.textContent)?.remove();
    changes.prepend(entry);
    changes.children[CHANGES_LENGTH]?.remove();
  }
}

function describe(state, generation, pid) {
  switch (state) {
    case 'READY': return pid == null ? `Ready, generation ${generation}` : `Ready as process ${pid}`;
    case 'BACKING_OFF': return 'Lost';
    default: return WORDS[state];
  }
}

function timeOf(at) {
  const time = document.createElement('time');
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleTimeString([], { hour12: false });
  return time;
}

function span(className, text) {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}

const by = (id) => document.getElementById(id);
