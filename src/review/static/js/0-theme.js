// The chosen theme, before anything is painted, so that it does not flash. Loaded in the head.
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

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-toggle]');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', () => {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      storeTheme(root.dataset.theme);
    });
  });
})();
