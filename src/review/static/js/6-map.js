// What was chosen on a map comes into view within its picture, which may be larger than its frame.
(() => {
  document.addEventListener('DOMContentLoaded', () => {
    const frame = document.querySelector('.map-scroll');
    const chosen = frame?.querySelector('[aria-current]');
    if (!chosen) return;
    const [around, at] = [frame.getBoundingClientRect(), chosen.getBoundingClientRect()];
    frame.scrollTo({
      left: at.left - around.left + frame.scrollLeft - (around.width - at.width) / 2,
      top: at.top - around.top + frame.scrollTop - (around.height - at.height) / 2,
    });
  });
})();
