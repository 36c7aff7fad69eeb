/** Characters of a line that are shown; the lines of minified sources fill the screen. */
const LINE_LIMIT = 400;

/** Characters shown before the first match of a line that is cut here. */
const LEAD = 60;

/** Milliseconds within which the parts of an answer share a frame. */
const FRAME = 16;

/** Milliseconds after which no frame is waited for any more. */
const LATEST_FRAME = 250;

const nextFrame = () => new Promise((resolve) => {
  // a tab that is hidden, if only just now, gets no frames, and its search must not stand still
  const latest = setTimeout(resolve, document.hidden ? 0 : LATEST_FRAME);
  requestAnimationFrame(() => {
    clearTimeout(latest);
    resolve();
  });
});

/** The hits, grouped by file. One hit at a time can be reached by Tab; arrows move between them. */
export class HitsView {
  #container;
  #files = new Map();
  #hits = 0;
  #paintedAt = 0;

  constructor(container) {
    this.#container = container;
    container.addEventListener('focusin', (event) => {
      const hit = event.target.closest('.hit');
      if (hit) {
        container.querySelector('.hit[tabindex="0"]')?.setAttribute('tabindex', '-1');
        hit.setAttribute('tabindex', '0');
      }
    });
  }

  get hits() {
    return this.#hits;
  }

  get files() {
    return this.#files.size;
  }

  clear() {
    this.#container.replaceChildren();
    this.#files.clear();
    this.#hits = 0;
  }

  /** Shows more hits, and resolves once the browser has had its chance to paint. */
  async add(hits) {
    const grown = new Set();
    for (const hit of hits) {
      const file = this.#files.get(hit.path) ?? this.#addFile(hit.path);
      const row = rowOf(hit);
      row.firstChild.tabIndex = this.#hits++ === 0 ? 0 : -1;
      // files are searched in parallel, but the lines of one file come in order
      file.list.append(row);
      file.count++;
      grown.add(file);
    }
    for (const file of grown) {
      file.badge.textContent = file.count.toLocaleString();
      file.badge.title = file.count === 1 ? '1 hit' : `${file.count.toLocaleString()} hits`;
    }
    // a frame for each part would hold up a daemon that sends hits one by one
    if (performance.now() - this.#paintedAt >= FRAME) {
      await nextFrame();
      this.#paintedAt = performance.now();
    }
  }

  /** Moves the focus by so many hits; from outside of the list, to the first one. */
  moveBy(step) {
    const all = [...this.#container.querySelectorAll('.hit')];
    const at = all.indexOf(document.activeElement);
    this.#focus(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  }

  /** Moves the focus to the first hit of the next or the previous file. */
  moveByFile(step) {
    const all = [...this.#container.children];
    const at = all.indexOf(document.activeElement?.closest('.file'));
    this.#focus(all[at < 0 ? 0 : at + step]?.querySelector('.hit'));
  }

  #focus(hit) {
    hit?.focus({ preventScroll: true });
    hit?.scrollIntoView({ block: 'nearest' });
  }

  #addFile(path) {
    const section = element('section', 'file');
    const heading = element('h3');
    const name = element('span', 'path');
    const slash = path.lastIndexOf('/') + 1;
    const folder = element('span', 'folder');
    for (const part of path.slice(0, slash).split(/(?<=\/)/)) {
      folder.append(part, document.createElement('wbr'));
    }
    name.append(folder, path.slice(slash));
    const badge = element('span', 'count');
    heading.append(name, badge);
    const list = element('ol');
    section.append(heading, list);
    this.#container.append(section);
    const file = { list, badge, count: 0 };
    this.#files.set(path, file);
    return file;
  }
}

function rowOf(hit) {
  const { path, line } = hit;
  const row = element('li');
  const button = element('button', 'hit');
  button.type = 'button';
  button.dataset.place = `${path}:${line}`;
  button.title = 'Copy path and line';
  const code = element('code');
  code.append(...segments(hit));
  button.append(element('span', 'number', line), code);
  row.append(button);
  return row;
}

function segments({ text, matches, column }) {
  const first = matches[0]?.[0] ?? 0;
  const from = text.length > LINE_LIMIT && first > LEAD ? first - LEAD : 0;
  const to = Math.min(text.length, from + LINE_LIMIT);
  // the daemon cuts very long lines itself: then the match is not at its column
  const nodes = from > 0 || column > first + 1 ? [element('span', 'cut', '… ')] : [];
  let at = from;
  for (const [start, end] of matches) {
    if (start >= to) {
      break;
    }
    nodes.push(text.slice(at, start), element('mark', '', text.slice(start, Math.min(end, to))));
    at = Math.min(end, to);
  }
  nodes.push(text.slice(at, to).trimEnd());
  if (to < text.length) {
    nodes.push(element('span', 'cut', ' …'));
  }
  return nodes;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
