// Copies a text that stands on the page. Without script it can be selected.
(() => {
  document.addEventListener('DOMContentLoaded', () => {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll('[data-copy]')) {
      button.hidden = false;
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = 'Copied';
      });
    }
  });
})();
