// Keys: / searches, ? shows them all, g and a letter goes to a section, j and k walk through a list. Pages work without any of it.
(() => {
  const typing = (event) => event.target.closest('input:not([type="checkbox"]), textarea, select') !== null;
  const withModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

  function rowKeys() {
    const links = [...document.querySelectorAll('[data-rows] .row-link')];
    if (links.length === 0) return null;
    for (const hint of document.querySelectorAll('[data-keys]')) hint.hidden = false;
    return (step) => {
      const row = document.activeElement.closest('[data-rows] tr, [data-rows] li');
      const at = row === null ? -1 : links.findIndex((link) => row.contains(link));
      const next = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
      links[next].focus();
    };
  }

  // After g, for a moment: the next letter names a section.
  function goTo() {
    let until = 0;
    return (event) => {
      if (event.key === 'g') {
        until = event.timeStamp + 1500;
        return true;
      }
      if (event.timeStamp > until) return false;
      until = 0;
      const link = document.querySelector(`.rail-list a[data-key="${CSS.escape(event.key)}"]`);
      link?.click();
      return link !== null;
    };
  }

  // An open menu closes on Escape and on a click elsewhere.
  function menus() {
    const close = (except) => {
      for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== except) menu.open = false;
    };
    document.addEventListener('click', (event) => close(event.target.closest('details.menu')));
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      const menu = document.activeElement.closest('details.menu[open]');
      close(null);
      menu?.querySelector('summary').focus();
    });
  }

  // A search stands in the address and in the history of the browser: what looks like a number of a person is not sent.
  function search(form) {
    const field = form.querySelector('input[type="search"]');
    field.addEventListener('input', () => field.setCustomValidity(''));
    form.addEventListener('submit', (event) => {
      const looksPersonal = /\d[\d\s./-]{4,}\d/.test(field.value) || field.value.includes('@');
      field.setCustomValidity(looksPersonal ? field.dataset.refusal : '');
      if (looksPersonal) {
        event.preventDefault();
        field.reportValidity();
      }
    });
    return field;
  }

  document.addEventListener('DOMContentLoaded', () => {
    menus();
    const walk = rowKeys();
    const go = goTo();
    const help = document.querySelector('[data-keys-help]');
    const form = document.querySelector('form.search');
    const field = form === null ? null : search(form);
    document.querySelector('[data-show-keys]')?.addEventListener('click', () => help?.showModal());
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || withModifier(event) || typing(event) || help?.open) return;
      if (event.key === '/' && field !== null) field.focus();
      else if (event.key === '?' && help !== null) help.showModal();
      else if (walk !== null && event.key === 'j') walk(1);
      else if (walk !== null && event.key === 'k') walk(-1);
      else if (!go(event)) return;
      event.preventDefault();
    });
  });
})();
