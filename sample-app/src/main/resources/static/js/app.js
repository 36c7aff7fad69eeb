import { DaemonView } from './daemon-view.js';
import { HitsView } from './hits-view.js';
import { initKeys } from './keys.js';
import { SearchError, searchStream } from './search-stream.js';
import { initTheme } from './theme.js';

/** Quiet time after the last letter before a search begins, in milliseconds. */
const TYPING_PAUSE = 200;

/** Shortest pattern that is searched for while it is still being typed. */
const TYPING_LENGTH = 2;

const by = (id) => document.getElementById(id);
const field = by('q');
const view = new HitsView(by('files'));
const daemon = new DaemonView();
let running;
let pause;

async function search() {
  clearTimeout(pause);
  running?.abort();
  view.clear();
  showProblem();
  const query = currentQuery();
  remember(query);
  by('empty').hidden = query.q !== '';
  if (query.q === '') {
    show('Nothing searched yet.');
    return;
  }
  const mine = running = new AbortController();
  showRunning(true);
  show('Searching…');
  try {
    for await (const messages of searchStream(query, mine.signal)) {
      await view.add(messages.flatMap(({ hit }) => hit ?? []));
      if (mine.signal.aborted) {
        return;
      }
      const summary = messages.find((message) => message.summary)?.summary;
      summary ? showSummary(summary) : show(`${found()} so far`);
    }
  } catch (error) {
    if (mine.signal.aborted) {
      return;
    }
    showFailure(error);
  } finally {
    if (running === mine) {
      running = undefined;
      showRunning(false);
      daemon.refreshStats();
    }
  }
}

function stop() {
  if (!running) {
    return;
  }
  running.abort();
  running = undefined;
  showRunning(false);
  announce(`Stopped after ${found()}`);
  // by then the daemon has heard of it
  setTimeout(() => daemon.refreshStats(), 300);
}

function currentQuery() {
  return {
    q: field.value,
    glob: by('glob').value.trim(),
    ignoreCase: by('ignore-case').getAttribute('aria-pressed') === 'true',
    max: by('max').value,
  };
}

/** Keeps the query in the address, so that it can be shared and survives a reload. */
function remember({ q, glob, ignoreCase }) {
  const parameters = new URLSearchParams();
  q && parameters.set('q', q);
  glob && parameters.set('glob', glob);
  ignoreCase && parameters.set('ignoreCase', 'true');
  history.replaceState(null, '', parameters.size > 0 ? `?${parameters}` : location.pathname);
}

function recall() {
  const parameters = new URLSearchParams(location.search);
  field.value = parameters.get('q') ?? '';
  by('glob').value = parameters.get('glob') ?? '';
  by('ignore-case').setAttribute('aria-pressed', String(parameters.get('ignoreCase') === 'true'));
}

const counted = (count, one, many) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
const found = () => `${counted(view.hits, 'hit', 'hits')} in ${counted(view.files, 'file', 'files')}`;

function showSummary({ files, elapsedMs, truncated }) {
  const scope = `${counted(files, 'file', 'files')} searched in ${elapsedMs.toLocaleString()} ms`;
  announce(view.hits === 0 ? `No hits · ${scope}` : `${found()} · ${scope}${truncated ? ' · there is more' : ''}`);
}

function showFailure(error) {
  const ofQuery = error instanceof SearchError && error.status === 400;
  if (ofQuery) {
    field.setAttribute('aria-invalid', 'true');
    by('problem').textContent = error.message;
    by('problem').hidden = false;
    show('');
  } else {
    showProblem(error instanceof SearchError ? error.message : 'The application can’t be reached.');
    announce(`Broken off after ${found()}`);
  }
}

function showProblem(text = '') {
  by('banner').hidden = text === '';
  by('banner-text').textContent = text;
  field.removeAttribute('aria-invalid');
  by('problem').hidden = true;
}

function showRunning(is) {
  by('progress').hidden = !is;
  by('submit').hidden = is;
  by('stop').hidden = !is;
  by('hits').setAttribute('aria-busy', String(is));
}

function show(text) {
  by('status').textContent = text;
}

/** Shows a status that is worth being read out, too: the last one of a search. */
function announce(text) {
  show(text);
  by('announcer').textContent = text;
}

function toggleCase() {
  const button = by('ignore-case');
  button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
  search();
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  const toast = by('toast');
  toast.textContent = `Copied ${text}`;
  toast.classList.add('shown');
  setTimeout(() => toast.classList.remove('shown'), 1600);
}

function typed() {
  clearTimeout(pause);
  if (field.value === '' || field.value.length >= TYPING_LENGTH) {
    pause = setTimeout(search, TYPING_PAUSE);
  }
}

by('search').addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
by('stop').addEventListener('click', () => {
  stop();
  field.focus();
});
field.addEventListener('input', typed);
by('glob').addEventListener('input', () => field.value !== '' && typed());
by('max').addEventListener('change', search);
by('ignore-case').addEventListener('click', toggleCase);
by('again').addEventListener('click', search);
by('files').addEventListener('click', (event) => {
  const hit = event.target.closest('.hit');
  hit && copy(hit.dataset.place);
});
by('examples').addEventListener('click', (event) => {
  const example = event.target.closest('button');
  if (example) {
    field.value = example.dataset.q;
    by('glob').value = example.dataset.glob ?? '';
    field.focus();
    search();
  }
});
by('help-open').addEventListener('click', () => by('help').showModal());
daemon.addEventListener('state', () => {
  by('again').hidden = !daemon.ready;
});
daemon.addEventListener('copy', (event) => copy(event.detail));

initTheme(by('theme'), by('theme-text'));
initKeys({ view, field, stop, toggleCase, help: by('help') });
daemon.connect();
recall();
field.value !== '' && search();
