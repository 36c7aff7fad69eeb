/** Keys that work outside of text fields, and the few that work everywhere. */
export function initKeys({ view, field, stop, toggleCase, help }) {
  const anywhere = {
    Escape: stop,
    ArrowDown: () => view.moveBy(1),
    ArrowUp: () => moveUp(view, field),
  };
  const outsideOfFields = {
    '/': () => field.select(),
    '?': () => help.showModal(),
    j: () => view.moveBy(1),
    k: () => moveUp(view, field),
    n: () => view.moveByFile(1),
    p: () => view.moveByFile(-1),
  };
  document.addEventListener('keydown', (event) => {
    if (help.open || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.altKey) {
      if (event.code === 'KeyC') {
        event.preventDefault();
        toggleCase();
      }
      return;
    }
    const typing = event.target.matches('input, select, textarea');
    const arrow = event.key.startsWith('Arrow');
    if (arrow && typing && event.target !== field) {
      return;
    }
    const action = anywhere[event.key] ?? (typing ? undefined : outsideOfFields[event.key]);
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

function moveUp(view, field) {
  const before = document.activeElement;
  view.moveBy(-1);
  if (document.activeElement === before) {
    field.focus();
  }
}
