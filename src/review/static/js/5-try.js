// Trying the rules without losing what is typed: the answer alone is asked for and shown under the box.
(() => {
  document.addEventListener('DOMContentLoaded', () => {
    const form = document.querySelector('[data-try]');
    if (!form) return;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form));
      body.set('part', 'yes');
      const answer = await fetch(form.action, { method: 'POST', body });
      // Whatever else came (a sign-in, a refusal) is shown as the page that it is.
      if (!answer.ok || answer.redirected) form.submit();
      else {
        const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
        document.querySelector('[data-tried]').replaceChildren(...part.body.childNodes);
      }
    });
  });
})();
