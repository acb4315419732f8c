'use strict';

/* What the pages share: elements, numbers, and charts on top of uPlot. */

// On A4 with the margins of the style sheet; charts stand two abreast.
const PRINT_WIDTH = 680;
const PRINT_COLUMN = 328;
const charts = new Set();
// Below this a mismatch is rounding; it would stretch a logarithmic axis without end.
const LOG_FLOOR = 1e-12;
let printing = false;

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  setAll(node, attributes);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAll(node, attributes);
  node.append(...children);
  return node;
}

function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/* Numbers. */

function known(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

// Of any number of values; Math.max takes no more than some hundred thousand.
function largest(values) {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function smallest(values) {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function digits(value, significant = 4) {
  if (!known(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e7) return value.toExponential(significant - 2);
  const decimals = Math.max(0, significant - 1 - Math.floor(Math.log10(size)));
  return minus(value.toFixed(Math.min(decimals, 6)));
}

function money(value) {
  return known(value) ? minus(value.toFixed(2)) : '–';
}

function minus(text) {
  return text.replace('-', '−');
}

function power(value) {
  // Axis labels of a logarithmic scale: 10⁻³.
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(value / 10 ** exponent - 1) > 1e-6) return '';
  return '10' + String(exponent).replace(/[-0-9]/g, (c) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);
}

function percent(share) {
  if (!known(share)) return '–';
  const value = 100 * share;
  if (Math.abs(value) < 5e-5) return '0.0000 %';
  return minus(Math.abs(value) < 0.1 ? value.toFixed(4) : value.toPrecision(3)) + ' %';
}

function duration(seconds) {
  if (!known(seconds)) return '–';
  if (seconds < 1) return digits(1000 * seconds, 3) + ' ms';
  if (seconds < 120) return digits(seconds, 3) + ' s';
  const whole = Math.round(seconds);
  if (whole < 7200) return Math.floor(whole / 60) + ' min ' + (whole % 60) + ' s';
  return Math.floor(whole / 3600) + ' h ' + Math.floor((whole % 3600) / 60) + ' min';
}

/* Fills: plain for what is supplied, hatched for what is taken, told apart without colour. */

const patterns = new Map();

function fill(context, base, hatched) {
  if (!hatched) return base;
  const paper = color('paper');
  const key = base + paper;
  if (!patterns.has(key)) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 12;
    const pen = tile.getContext('2d');
    pen.fillStyle = paper;
    pen.fillRect(0, 0, 12, 12);
    pen.strokeStyle = base;
    pen.lineWidth = 4;
    pen.beginPath();
    for (const shift of [-12, 0, 12]) {
      pen.moveTo(shift - 3, 15);
      pen.lineTo(shift + 15, -3);
    }
    pen.stroke();
    patterns.set(key, context.createPattern(tile, 'repeat'));
  }
  return patterns.get(key);
}

/** Whether a line has one point only, which a stroke does not show. */
function single(series) {
  return !series.stack && !series.band && series.values.filter(known).length === 1;
}

function swatch(series) {
  const stroke = `var(--${series.color})`;
  const box = svg('svg', { width: 22, height: 12, 'aria-hidden': 'true' });
  if (series.stack) {
    box.append(svg('rect', { x: 0.5, y: 0.5, width: 21, height: 11, fill: series.hatched ? 'none' : stroke, stroke }));
    if (series.hatched) {
      for (const x of [-6, 0, 6, 12, 18]) {
        box.append(svg('path', { d: `M${x} 12L${x + 12} 0`, stroke, 'stroke-width': 2.5, 'clip-path': 'inset(0)' }));
      }
    }
  } else if (series.band) {
    box.append(svg('rect', { width: 22, height: 12, fill: stroke, opacity: 0.3 }));
  } else if (single(series)) {
    box.append(svg('circle', { cx: 11, cy: 6, r: 4.5, fill: stroke }));
  } else {
    const dash = (series.dash || []).join(' ');
    box.append(svg('path', { d: 'M0 6H22', stroke, 'stroke-width': 2.5, 'stroke-dasharray': dash }));
  }
  return box;
}

/**
 * A chart with its legend, as a figure.
 *
 * spec.x         label, values; stepped: the last value is held until x.end; tick (of a position) and
 *                text (of an index) where they are more than numbers
 * spec.y         label, log, range (a function of minimum and maximum, or nothing), format
 * spec.series    label, values, color, dash, width, stepped; stack ('up' or 'down') for areas on top
 *                of each other; band: the values of the lower edge of an area
 * spec.cut       sums and top: marks the bars whose sum is above the top of the chart
 * spec.group     charts of a group share their cursor
 */
class Chart {
  constructor(spec) {
    this.spec = spec;
    this.hidden = new Set();
    this.live = el('div', { class: 'sr', 'aria-live': 'polite' });
    this.plot = el('div', {
      class: 'plot',
      tabindex: 0,
      role: 'group',
      'aria-roledescription': 'chart',
      'aria-label': spec.title + '. ' + (spec.summary || '') + ' Arrow keys read values.',
    });
    this.legend = el('ul', { class: 'legend' });
    this.tip = el('div', { class: 'tip', hidden: '', 'aria-hidden': 'true' });
    this.figure = el(
      'figure',
      {},
      el('div', { class: 'title' }, el('h3', {}, spec.title), saveButtons(this)),
      this.plot,
      this.live,
      this.legend,
      spec.caption ? el('figcaption', {}, spec.caption) : null,
    );
    this.plot.addEventListener('keydown', (event) => this.key(event));
    charts.add(this);
  }

  /** Shows other series on the same axes. */
  update(changes) {
    Object.assign(this.spec, changes);
    this.hidden.clear();
    this.draw();
  }

  /** The unit of values as shown: powers and energies of tens of thousands are in mega. */
  unit() {
    return this.mega() > 1 ? 'M' + this.spec.y.label.slice(1) : this.spec.y.label;
  }

  mega() {
    if (!['kW', 'kWh', 'kvar'].includes(this.spec.y.label)) return 1;
    return (this.layers || []).some((layer) => layer.values.some((value) => Math.abs(value) >= 1e4)) ? 1000 : 1;
  }

  width() {
    if (printing) return this.figure.closest('.grid') ? PRINT_COLUMN : PRINT_WIDTH;
    return this.figure.clientWidth;
  }

  draw() {
    const width = this.width();
    if (width === 0) return;
    if (this.uplot) this.uplot.destroy();
    this.layers = this.stacked();
    this.uplot = new uPlot(this.options(width), this.columns(), this.plot);
    this.plot.append(this.tip);
    this.tip.hidden = true;
    this.drawLegend();
  }

  /** Series in the order in which they are drawn: areas from the outermost inwards, lines on top. */
  stacked() {
    const visible = this.spec.series.filter((series) => !this.hidden.has(series.label));
    const layers = [];
    for (const direction of ['up', 'down']) {
      let sum = null;
      const areas = [];
      for (const series of visible.filter((one) => one.stack === direction)) {
        sum = series.values.map((value, i) => (sum ? sum[i] : 0) + (value || 0));
        areas.unshift({ series, values: sum });
      }
      layers.push(...areas);
    }
    for (const series of visible.filter((one) => one.band)) {
      layers.push({ series, values: series.values, edge: 'upper' }, { series, values: series.band, edge: 'lower' });
    }
    for (const series of visible.filter((one) => !one.stack && !one.band)) {
      layers.push({ series, values: series.values });
    }
    return layers;
  }

  columns() {
    const { x } = this.spec;
    const held = x.end !== undefined;
    const extend = (values) => (held ? [...values, values[values.length - 1]] : values);
    // What is not there stays as it is: null breaks a line, undefined does not.
    const floored = (v) => (!known(v) ? v : v < 0 ? null : Math.max(v, LOG_FLOOR));
    const positive = (values) => (this.spec.y.log ? values.map(floored) : values);
    return [
      held ? [...x.values, x.end] : x.values,
      ...this.layers.map((layer) => (layer.series.own ? layer.values : positive(extend(layer.values)))),
    ];
  }

  options(width) {
    const { x, y, group } = this.spec;
    const ink = color('ink');
    const faint = color('faint');
    const rule = color('rule');
    const font = '12px system-ui, sans-serif';
    const axis = { stroke: faint, font, labelFont: font, labelSize: 18, ticks: { stroke: rule, size: 4 }, grid: { stroke: rule, width: 1 } };
    const bands = [];
    this.layers.forEach((layer, i) => {
      if (layer.edge === 'upper') {
        bands.push({ series: [i + 1, i + 2], fill: color(layer.series.color) + '40' });
      }
    });
    return {
      width,
      height: printing ? 160 : this.spec.height || 260,
      padding: [10, 12, 0, 2],
      legend: { show: false },
      cursor: {
        drag: { x: true, y: false },
        points: { size: 6 },
        sync: group ? { key: group } : undefined,
      },
      scales: {
        x: { time: false, range: (u, min, max) => (min === max ? [min - 1, max + 1] : [min, max]) },
        y: {
          distr: y.log ? 3 : 1,
          range: y.range
            ? (u, min, max) => y.range(min, max)
            : y.log
              ? (u, min, max) => logRange(min, max)
              : (u, min, max) => (known(min) ? uPlot.rangeNum(min, max, 0.08, true) : [0, 1]),
        },
      },
      axes: [
        {
          ...axis,
          label: x.label,
          size: 34,
          space: 44,
          incrs: x.incrs,
          values: (u, splits) => splits.map((v) => (v === null ? '' : x.tick ? x.tick(v) : minus(String(+v.toFixed(6))))),
        },
        {
          ...axis,
          label: this.unit(),
          size: (u, values) => axisSize(values),
          grid: { stroke: rule, width: 1, filter: y.log ? decadesOnly : (u, splits) => splits },
          ticks: { stroke: rule, size: 4, filter: y.log ? decadesOnly : (u, splits) => splits },
          values: y.log
            ? (u, splits) => thinPowers(splits)
            : (u, splits) => axisNumbers(splits.map((v) => (v === null ? v : v / this.mega()))),
        },
      ],
      bands,
      series: [{}, ...this.layers.map((layer) => this.seriesOptions(layer, ink))],
      hooks: { setCursor: [(u) => { this.readValues(u.cursor.idx); this.showTip(u); }], draw: [(u) => this.markCut(u)] },
    };
  }

  /** Arrowheads at the top of bars that are higher than the chart. */
  markCut(u) {
    const { cut, x } = this.spec;
    if (!cut) return;
    const { ctx, bbox } = u;
    ctx.fillStyle = color('ink');
    cut.sums.forEach((sum, i) => {
      const from = u.valToPos(x.values[i], 'x', true);
      // Without an end there are no bars but points.
      const to = x.end === undefined ? from : u.valToPos(i + 1 < x.values.length ? x.values[i + 1] : x.end, 'x', true);
      const middle = (from + to) / 2;
      if (sum <= cut.top || middle < bbox.left || middle > bbox.left + bbox.width) return;
      const size = 9;
      ctx.beginPath();
      ctx.moveTo(middle, bbox.top);
      ctx.lineTo(middle + size, bbox.top + 1.6 * size);
      ctx.lineTo(middle - size, bbox.top + 1.6 * size);
      ctx.fill();
    });
  }

  seriesOptions(layer) {
    const { series } = layer;
    const stroke = color(series.color);
    const stepped = series.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined;
    return {
      label: series.label,
      stroke: series.band ? 'transparent' : stroke,
      width: series.stack ? 1 : series.width || 2,
      dash: series.dash,
      paths: stepped,
      points: single(series) ? { show: true, size: 9, width: 1, fill: stroke } : { show: false },
      spanGaps: Boolean(series.gaps),
      fill: series.stack ? (u) => fill(u.ctx, stroke, series.hatched) : undefined,
      fillTo: series.stack ? 0 : undefined,
    };
  }

  drawLegend() {
    this.values = new Map();
    this.legend.replaceChildren(
      ...this.spec.series.map((series) => {
        const value = el('span', { class: 'value' });
        this.values.set(series, value);
        const button = el(
          'button',
          { type: 'button', 'aria-pressed': String(!this.hidden.has(series.label)), title: 'show or hide' },
          swatch(series),
          series.label,
          value,
        );
        button.addEventListener('click', () => {
          if (!this.hidden.delete(series.label)) this.hidden.add(series.label);
          this.draw();
          this.legend.querySelectorAll('button')[this.spec.series.indexOf(series)].focus();
        });
        return el('li', {}, button);
      }),
    );
  }

  readValues(index) {
    const format = this.spec.y.format || ((value) => digits(value / this.mega()));
    this.index = index;
    for (const [series, node] of this.values || []) {
      const i = index === null || index === undefined ? -1 : Math.min(index, series.values.length - 1);
      node.textContent =
        i < 0 || series.values[i] === null || series.values[i] === undefined
          ? ''
          : series.band
            ? format(series.band[i]) + ' to ' + format(series.values[i])
            : format(series.values[i]);
    }
  }

  /** Time and values beside the cursor, on the chart under it only. */
  showTip(u) {
    const { left, top, idx } = u.cursor;
    const over = idx !== null && idx !== undefined && left >= 0 && (this.plot.matches(':hover') || document.activeElement === this.plot);
    this.tip.hidden = !over;
    if (!over) return;
    const last = this.spec.x.values.length - 1;
    const { x } = this.spec;
    const head = x.text ? x.text(Math.min(idx, last)) : `${x.label} ${+x.values[Math.min(idx, last)].toFixed(4)}`;
    const rows = [...this.values]
      .filter(([series, node]) => !this.hidden.has(series.label) && node.textContent !== '')
      .map(([series, node]) => el('div', {}, swatch(series), `${series.label} `, el('b', {}, `${node.textContent} ${this.unit()}`)));
    this.tip.replaceChildren(el('div', { class: 'faint' }, head), ...rows);
    const ratio = u.ctx.canvas.width / u.width;
    const at = u.bbox.left / ratio + left;
    const right = at > u.width / 2;
    this.tip.style.left = right ? 'auto' : `${at + 14}px`;
    this.tip.style.right = right ? `${u.width - at + 14}px` : 'auto';
    this.tip.style.top = `${Math.max(0, Math.min(top, u.height - 40))}px`;
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !this.uplot || event.target !== this.plot) return;
    event.preventDefault();
    const xs = this.uplot.data[0];
    const index = Math.max(0, Math.min(xs.length - 1, (this.index ?? -1) + step));
    this.uplot.setCursor({ left: this.uplot.valToPos(xs[index], 'x'), top: 8 });
    this.readValues(index);
    this.live.textContent =
      (this.spec.x.text ? this.spec.x.text(Math.min(index, this.spec.x.values.length - 1)) : this.spec.x.label + ' ' + xs[index]) + ': ' +
      [...this.values].map(([series, node]) => series.label + ' ' + node.textContent).join(', ');
  }
}

function logRange(min, max) {
  if (!known(min) || !known(max)) return [1e-6, 1];
  const low = Math.max(min, LOG_FLOOR);
  const high = Math.max(max, low);
  return [10 ** Math.floor(Math.log10(low) + 1e-9), 10 ** Math.ceil(Math.log10(high) + 1e-9)];
}

/** A sentence for values that a logarithmic axis has no room for, or nothing. */
function floorNote(...columns) {
  return columns.flat().some((v) => known(v) && v < LOG_FLOOR) ? 'Values below 10⁻¹² are rounding and drawn at 10⁻¹².' : '';
}

function decadesOnly(u, splits) {
  return splits.map((v) => (v && power(v) ? v : null));
}

/** As wide as the longest label needs. */
function axisSize(values) {
  const longest = Math.max(0, ...(values || []).map((value) => (value ? String(value).length : 0)));
  return Math.max(38, 14 + 7 * longest);
}

function thinPowers(splits) {
  const decades = splits.filter((v) => v && power(v));
  const every = Math.ceil(decades.length / 7);
  return splits.map((v) => (v && power(v) && decades.indexOf(v) % every === 0 ? power(v) : ''));
}

function axisNumbers(splits) {
  const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
  const thousands = splits.some((v) => Math.abs(v) >= 1e5);
  const unit = thousands ? 1000 : 1;
  const decimals = decimalsOf(step / unit);
  return splits.map((v) => {
    if (v === null) return '';
    return minus((v === 0 ? 0 : v / unit).toFixed(decimals)) + (thousands && v !== 0 ? 'k' : '');
  });
}

/** How many decimals a step needs, so that ticks a quarter apart differ: two for 0.25. */
function decimalsOf(step) {
  const decimals = step.toFixed(8).replace(/0+$/, '').split('.')[1];
  return decimals ? decimals.length : 0;
}

/* Tables. */

function table(head, rows) {
  const cell = (tag, value, i) =>
    el(tag, { class: typeof value === 'number' || (head[i] || '').startsWith('#') ? 'number' : null }, value instanceof Node ? value : String(value));
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...head.map((name, i) => cell('th', name.replace(/^#/, ''), i)))),
      el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((value, i) => cell('td', value, i))))),
    ),
  );
}

/** A table that is built when it is first opened. */
function dataTable(build) {
  const details = el('details', {}, el('summary', {}, 'values as a table'));
  const body = el('div');
  details.append(body);
  details.addEventListener('toggle', () => {
    if (details.open) body.replaceChildren(build());
  });
  return details;
}

function bars(rows, unit) {
  const most = Math.max(...rows.map((row) => row.value), 1e-300);
  const lines = rows.map((row) => [
    row.label,
    digits(row.value, 3),
    row.more,
    el('span', { class: 'bar', style: `width:${(100 * row.value) / most}%;background:var(--${row.color})` }),
  ]);
  const result = table(['step', '#' + unit, '#share', ''], lines);
  result.querySelectorAll('td:last-child').forEach((cell) => cell.classList.add('barcell'));
  return result;
}

/** A bar a row, to the right where its value is positive, to the left where it is negative. */
function signedBars(rows, name, unit) {
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1e-300);
  const least = Math.max(...rows.map((row) => -row.value), 0) / most;
  const right = Math.max(...rows.map((row) => row.value), 0) / most;
  const width = 100 / Math.max(least + right, 1e-300);
  const lines = rows.map((row) => {
    const share = Math.abs(row.value) / most;
    const left = (least - (row.value < 0 ? share : 0)) * width;
    return [
      el('span', { title: row.title }, row.label),
      minus(digits(row.value)),
      el('span', { class: 'bar', style: `margin-left:${left}%;width:${share * width}%;background:var(--${row.color})` }),
    ];
  });
  const result = table([name, '#' + unit, ''], lines);
  result.querySelectorAll('td:last-child').forEach((cell) => cell.classList.add('barcell'));
  return result;
}

function cards(entries) {
  return el(
    'dl',
    { class: 'cards' },
    ...entries
      .filter(Boolean)
      .map(([name, value, more, mood]) =>
        el('div', { class: 'card' }, el('dt', {}, name), el('dd', { class: mood }, value, more ? el('span', { class: 'more' }, more) : null)),
      ),
  );
}

/* Redrawing: when the window or the colours change, and for paper. */

const redraws = [];

function drawAll() {
  patterns.clear();
  redraws.forEach((draw) => draw());
  charts.forEach((chart) => chart.draw());
}

function watch() {
  let width = document.documentElement.clientWidth;
  let timer = 0;
  window.addEventListener('resize', () => {
    if (printing || document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    clearTimeout(timer);
    timer = setTimeout(drawAll, 80);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  window.addEventListener('beforeprint', () => {
    printing = true;
    document.documentElement.dataset.print = '';
    drawAll();
  });
  window.addEventListener('afterprint', () => {
    printing = false;
    delete document.documentElement.dataset.print;
    drawAll();
  });
  drawAll();
}
