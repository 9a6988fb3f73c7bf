// Selecting incidents with x and acting on them with one key: the same form and buttons that are there without script.
(() => {
  const FADES = 10_000;

  function notice() {
    const shown = document.querySelector('[data-fades]');
    if (!shown) return;
    // What was done goes out of the address, so that a reload does not say it again.
    const address = new URL(location.href);
    for (const name of ['act', 'did', 'done', 'refused']) address.searchParams.delete(name);
    history.replaceState(null, '', address);
    // Whoever is at the button keeps it.
    const fade = () => (shown.contains(document.activeElement) ? setTimeout(fade, FADES) : shown.remove());
    setTimeout(fade, FADES);
  }

  function bulk(form) {
    const boxes = [...form.querySelectorAll('input[name="item"]')];
    const bar = form.querySelector('.acts');
    const says = form.querySelector('[data-selected]');
    const show = () => {
      const selected = boxes.filter((box) => box.checked).length;
      says.textContent = `${selected} selected:`;
      bar.classList.toggle('idle', selected === 0);
      for (const box of boxes) box.closest('tr').classList.toggle('selected', box.checked);
    };
    form.addEventListener('change', show);
    addEventListener('pageshow', show);
    show();
    return { boxes, show };
  }

  // A form that stands folded opens, and the reader is in its first field.
  function opened(target) {
    const details = target.closest('details');
    if (details === null) return target;
    details.open = true;
    return details.querySelector('textarea, select, input:not([type="hidden"])') ?? target;
  }

  document.addEventListener('DOMContentLoaded', () => {
    notice();
    const form = document.querySelector('[data-bulk]');
    const selection = form === null ? null : bulk(form);
    const current = () => document.activeElement.closest('[data-rows] tr')?.querySelector('input[name="item"]') ?? null;
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest('input:not([type="checkbox"]), textarea, select, dialog')) return;
      if (event.key === 'x' && current() !== null) {
        current().checked = !current().checked;
        selection.show();
        event.preventDefault();
        return;
      }
      const keyed = [...document.querySelectorAll(':is(button, summary, textarea)[data-key]')];
      const button = keyed.find((each) => each.dataset.key === event.key);
      if (button === undefined) return;
      if (button.matches('summary, textarea')) {
        event.preventDefault();
        opened(button).focus();
        return;
      }
      // With nothing selected, an act is on the row that the keys are at.
      if (button.form === form && !selection.boxes.some((box) => box.checked) && current() !== null) current().checked = true;
      if (button.form === form && !selection.boxes.some((box) => box.checked)) return;
      event.preventDefault();
      button.click();
    });
  });
})();
