// What the desk does with script on top of what it does without: theme, keys, the sign-in link. Loaded in the head, before the page is
// painted, so that a chosen theme does not flash.
(() => {
  const root = document.documentElement;
  const KEY = 'cordon-theme';

  function storedTheme() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage can be forbidden; the system's theme is used then.
    }
  }

  function storeTheme(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      root.dataset.themeKept = 'no'; // The choice holds for this page only.
    }
  }

  const chosen = storedTheme();
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;

  function themeToggle() {
    const button = document.querySelector('[data-theme-toggle]');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', () => {
      const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
      root.dataset.theme = now === 'dark' ? 'light' : 'dark';
      storeTheme(root.dataset.theme);
    });
  }

  // The secret of a sign-in link stands behind the #: it fills the form and leaves the address bar and the history of the browser.
  function signIn() {
    const form = document.querySelector('[data-sign-in]');
    const field = form?.querySelector('input[name="link"]');
    if (!form || !field || location.hash.length < 2) return;
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
    form.querySelector('[data-link-field]').hidden = true;
    form.querySelector('[data-link-read]').hidden = false;
  }

  function rowKeys() {
    const links = [...document.querySelectorAll('[data-rows] .row-link')];
    if (links.length === 0) return;
    document.querySelector('[data-keys]').hidden = false;
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step === 0) return;
      const at = links.indexOf(document.activeElement);
      const next = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
      links[next].focus();
      event.preventDefault();
    });
  }

  // An open menu closes on Escape and on a click elsewhere.
  function menus() {
    const close = (except) => {
      for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== except) menu.open = false;
    };
    document.addEventListener('click', (event) => close(event.target.closest('details.menu')));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close(null);
    });
  }

  document.addEventListener('DOMContentLoaded', () => {
    themeToggle();
    signIn();
    rowKeys();
    menus();
  });
  addEventListener('hashchange', signIn);
})();
