const CHOICES = ['Auto', 'Light', 'Dark'];

/** Lets the button go round through the colour schemes, and keeps the choice. */
export function initTheme(button, label) {
  const apply = (choice) => {
    if (choice === 'Auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = choice.toLowerCase();
    }
    label.textContent = choice;
    button.setAttribute('aria-label', `Colours: ${choice}`);
  };
  apply(CHOICES.find((choice) => choice === localStorage.getItem('theme')) ?? 'Auto');
  button.addEventListener('click', () => {
    const next = CHOICES[(CHOICES.indexOf(label.textContent) + 1) % CHOICES.length];
    localStorage.setItem('theme', next);
    apply(next);
  });
}
