// The table of days as a chart of bars: what is opened above, what is closed beside it. The table stays for who cannot see it.
(() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function read(table) {
    const rows = [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
    return [
      rows.map(([day]) => Date.parse(`${day}T00:00:00Z`) / 1000),
      rows.map(([, opened]) => Number(opened)),
      rows.map(([, , closed]) => Number(closed)),
    ];
  }

  function series(label, stroke, align) {
    return {
      label,
      stroke,
      fill: stroke,
      width: 0,
      points: { show: false },
      paths: uPlot.paths.bars({ size: [0.4, 12], align }),
    };
  }

  function axis(more) {
    return {
      stroke: colour('--quiet'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui',
      ...more,
    };
  }

  function draw(place, data) {
    place.replaceChildren();
    const most = Math.max(4, ...data[1], ...data[2]);
    return new uPlot(
      {
        width: place.clientWidth,
        height: 150,
        tzDate: (time) => uPlot.tzDate(new Date(time * 1000), 'Etc/UTC'),
        scales: { x: { time: true }, y: { range: [0, most] } },
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        axes: [
          axis({ size: 24, grid: { show: false }, space: 60, values: '{MMM} {D}' }),
          axis({ size: 32, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }),
        ],
        series: [{ value: '{YYYY}-{MM}-{DD}' }, series('Opened', colour('--high'), -1), series('Closed', colour('--good'), 1)],
      },
      data,
      place,
    );
  }

  addEventListener('load', () => {
    const place = document.querySelector('[data-chart]');
    const table = document.querySelector('[data-days]');
    if (!place || !table || !window.uPlot) return;
    place.hidden = false;
    const data = read(table);
    let shown = draw(place, data);
    const again = () => {
      shown.destroy();
      shown = draw(place, data);
    };
    new ResizeObserver(() => shown.setSize({ width: place.clientWidth, height: 150 })).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
    document.querySelector('[data-theme-toggle]')?.addEventListener('click', again);
  });
})();
