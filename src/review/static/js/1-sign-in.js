// The secret of a sign-in link stands behind the #: it fills the form and leaves the address bar and the history of the browser.
(() => {
  function signIn() {
    const form = document.querySelector('[data-sign-in]');
    const field = form?.querySelector('input[name="link"]');
    if (!form || !field || location.hash.length < 2) return;
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
    form.querySelector('[data-link-field]').hidden = true;
    form.querySelector('[data-link-read]').hidden = false;
    const way = form.closest('[data-link-way]');
    way.open = true;
    way.querySelector('summary').hidden = true;
    document.querySelector('[data-other-ways]').hidden = true;
  }

  document.addEventListener('DOMContentLoaded', signIn);
  addEventListener('hashchange', signIn);
})();
