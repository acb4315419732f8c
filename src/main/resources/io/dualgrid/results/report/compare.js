
/* Runs side by side. */

const { runs } = JSON.parse(document.getElementById('data').textContent);
const page = document.getElementById('page');
const HUES = ['c-blue', 'c-orange', 'c-green', 'c-red', 'c-pink', 'c-sky', 'c-brown', 'c-grey'];
const DASHES = [undefined, [8, 4], [2, 3], [10, 3, 2, 3]];

const STEP_WORDS = {
  linearTerm: 'linear term', mask: 'mask and unmask', solve: 'solve', check: 'check the answer', encrypt: 'encrypt',
  sum: 'sum', decrypt: 'decrypt', secureSum: 'secure sums', update: 'update', certify: 'lower bound',
};

/** How a setting is told from another of the same value. */
const SETTING_WORDS = {
  case: (value) => value,
  privacy: (value) => `privacy ${value}`,
  algorithm: (value) => `${value} algorithm`,
  stopping: (value) => `${value} stopping rule`,
  mask: (value) => `${value} mask`,
  ckksParameters: (value) => `${value} CKKS parameters`,
  steps: (value) => `${value} steps`,
  threads: (value) => (value === 1 ? '1 thread' : `${value} threads`),
  'qp solver': (value) => `QP by ${value}`,
  'ckks library': (value) => `CKKS by ${value}`,
};

function settingText(name, value) {
  return SETTING_WORDS[name] ? SETTING_WORDS[name](value) : `${name.replace(/([A-Z])/g, ' $1').toLowerCase()} ${value}`;
}

/** The settings that had a part in the run. */
function used(settings) {
  const masks = ['rmme', 'dual'].includes(settings.privacy);
  const encrypts = ['ckks', 'dual'].includes(settings.privacy);
  return {
    ...settings,
    mask: masks ? settings.mask : undefined,
    onBadAnswer: masks ? settings.onBadAnswer : undefined,
    ckksParameters: encrypts ? settings.ckksParameters : undefined,
  };
}

/** What sets the runs apart: the settings that differ, or the folders when none does. */
function labels() {
  const settings = runs.map((run) => ({
    case: run.summary.case,
    ...used(run.summary.settings),
    'qp solver': run.summary.backends && run.summary.backends.qp && run.summary.backends.qp.name,
    'ckks library': run.summary.backends && run.summary.backends.ckks && run.summary.backends.ckks.name,
  }));
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))].filter(
    (name) => !['qp', 'ckks', 'maxIterations'].includes(name) && new Set(settings.map((one) => one[name]).filter((value) => value !== undefined)).size > 1,
  );
  const made = settings.map((one, i) =>
    [
      runs[i].summary.solver && 'central solve',
      // What is not used in a run is left out, such as the library of ciphers that it does not send.
      ...names.filter((name) => one[name] !== undefined).map((name) => settingText(name, one[name])),
    ].filter(Boolean).join(', '),
  );
  const distinct = new Set(made).size === runs.length && made.every(Boolean);
  return runs.map((run, i) => (distinct ? made[i] : run.folder));
}

const names = labels();
const hue = (i) => HUES[i % HUES.length];
const dash = (i) => DASHES[Math.floor(i / HUES.length + i) % DASHES.length];

// As many runs as stand side by side on a sheet of paper.
const ABREAST = 6;
const MOST_KINDS = 8;

/** Rows of a name and one value a run, as a table or, when there are many runs, several. */
function runsTable(rows) {
  const result = el('div', { class: 'runs' });
  for (let from = 1; from < rows[0].length; from += ABREAST) {
    const [head, ...body] = rows.map((row) => [row[0], ...row.slice(from, from + ABREAST)]);
    result.append(table(head.map((name, i) => (i > 0 ? '#' + name : name)), body));
  }
  return result;
}

function head() {
  const rows = [
    ['case', (s) => s.case],
    ['status', (s) => (s.status || '').replace('-', ' ')],
    ['privacy', (s) => s.privacy || '–'],
    ['algorithm', (s) => s.algorithm || '–'],
    ['stopping rule', (s) => s.stopping || '–'],
    ['steps', (s) => String(s.settings.steps)],
    ['backends', (s) => Object.values(s.backends || {}).map((one) => `${one.name} ${one.version}`).join(', ') || s.solver || '–'],
    ['iterations', (s) => String(s.iterations)],
    ['total cost', (s) => money(s.totalCost)],
    ['from the optimum', (s) => percent(s.objectiveGap)],
    ['certified gap', (s) => (known(s.certifiedGap) ? percent(s.certifiedGap) : '–')],
    ['mismatch, p.u.', (s) => digits(s.primalResidual, 3)],
    ['change, p.u.', (s) => digits(s.dualResidual, 3)],
    ['set-up', (s) => duration(s.setupSeconds)],
    ['time', (s) => duration(s.solveSeconds)],
    ['per iteration', (s) => duration(s.secondsPerIteration)],
    ['memory', (s) => (known(s.peakMemoryMb) ? Math.round(s.peakMemoryMb) + ' MB' : '–')],
    ['folder', (s, run) => run.folder],
  ];
  page.append(
    el('h1', {}, 'Runs side by side'),
    el('p', { class: 'faint' }, [...new Set(runs.map((run) => run.summary.case))].join(', ')),
    runsTable([['', ...names], ...rows.map(([name, value]) => [name, ...runs.map((run) => value(run.summary, run))])]),
  );
}

/** A row a figure, one value a run; of all but the first run the difference from the first, too. */
function figuresTable(name, unit, get, label) {
  const keys = [...new Set(runs.flatMap((run) => Object.keys(get(run) || {})))];
  if (keys.length === 0) return null;
  const cell = (run, i, one) => {
    const value = (get(run) || {})[one];
    const first = (get(runs[0]) || {})[one];
    if (!known(value)) return '–';
    const told = minus(digits(value));
    if (i === 0 || !known(first)) return told;
    // solvers differ in the last digits
    const differs = Math.abs(value - first) > 1e-6 * Math.max(Math.abs(value), Math.abs(first));
    return differs ? `${told} (${value > first ? '+' : ''}${minus(digits(value - first))})` : `${told} (=)`;
  };
  return el('figure', {}, el('h3', {}, `${name}, ${unit}`), runsTable([['', ...names], ...keys.map((one) => [label(one), ...runs.map((run, i) => cell(run, i, one))])]));
}

const spaced = (name) => name.replace(/_/g, ' ').replace(/([A-Z])/g, ' $1').toLowerCase().replace(' kwh', ', kWh').replace(' kw', ', kW').replace(' kg', ', kg').replace('co2', 'CO2');

function answers() {
  const currency = runs[0].summary.currency || 'currency';
  const shown = [
    figuresTable('Cost by part', currency, (run) => run.summary.costs, spaced),
    figuresTable('Energy', 'kWh and kW', (run) => run.summary.energy, spaced),
    figuresTable('Carbon dioxide', 'kg', (run) => run.summary.emissions, spaced),
  ].filter(Boolean);
  if (shown.length === 0) return;
  page.append(el('section', {}, el('h2', {}, 'Costs and energy'), el('p', {}, 'In brackets the difference from the first run.')), ...shown);
}

/** What all devices of a kind do at each step, run against run, where runs have the same steps. */
function dispatches() {
  const drawn = runs.map((run, i) => ({ run, i })).filter(({ run }) => run.totals && Object.keys(run.totals).length > 0);
  const grids = new Set(drawn.map(({ run }) => `${run.network.steps} ${run.network.stepHours}`));
  if (drawn.length < 2 || grids.size > 1) return;
  const { steps, stepHours } = drawn[0].run.network;
  const hours = Array.from({ length: steps }, (_, t) => t * stepHours);
  const first = drawn[0].run.totals;
  const kinds = [...new Set(drawn.flatMap(({ run }) => Object.keys(run.totals)))];
  const none = hours.map(() => 0);
  const apart = (kind) => largest(drawn.flatMap(({ run }) => (run.totals[kind] || none).map((v, t) => Math.abs(v - (first[kind] || none)[t]))));
  const most = largest(kinds.flatMap((kind) => drawn.flatMap(({ run }) => (run.totals[kind] || none).map(Math.abs))));
  const differ = kinds.filter((kind) => apart(kind) > 1e-3 * most).sort((a, b) => apart(b) - apart(a));
  const node = el('section', {}, el('h2', {}, 'Dispatch'), el('p', {}, differ.length > 0 ? 'All nodes together, by kind of device; those that differ most come first.' : 'All kinds of devices do the same at all steps, within a thousandth of the largest power.'));
  page.append(node);
  const figures = differ.slice(0, MOST_KINDS).map(
    (kind) =>
      new Chart({
        title: kind,
        caption: `Apart by ${digits(apart(kind), 3)} kW at most.`,
        group: 'hours',
        x: { label: 'hour of the horizon', values: hours, end: steps * stepHours, incrs: [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48] },
        y: { label: 'kW' },
        series: drawn.map(({ run, i }) => ({ label: names[i], values: run.totals[kind] || none, color: hue(i), dash: dash(i), stepped: true })),
      }).figure,
  );
  node.append(el('div', { class: 'grid' }, ...figures));
}

function lines(title, caption, xLabel, xs, ys, y, level) {
  // uPlot wants one list of positions: the runs' own, merged, with holes where a run has none.
  const drawn = runs.map((run, i) => ({ run, i })).filter(({ run }) => run.iterations);
  if (drawn.length === 0) return null;
  const tables = drawn.map(({ run }) => [xs(run), ys(run)]);
  const merged = [...new Set(tables.flatMap(([x]) => x))].sort((a, b) => a - b);
  const series = tables.map(([x, values], k) => {
    const byX = new Map(x.map((v, j) => [v, values[j]]));
    return {
      label: names[drawn[k].i],
      values: merged.map((v) => (byX.has(v) ? byX.get(v) : undefined)),
      color: hue(drawn[k].i),
      dash: dash(drawn[k].i),
      gaps: true,
    };
  });
  if (level) series.push({ ...level, values: merged.map(() => level.value), color: 'c-ink', dash: [2, 4] });
  return new Chart({ title, caption, x: { label: xLabel, values: merged }, y, series }).figure;
}

function chartsOfRuns() {
  const node = el('section', {}, el('h2', {}, 'Convergence'));
  page.append(node);
  const log = { label: 'per unit', log: true, format: (value) => digits(value, 3) };
  const iteration = (run) => run.iterations.iteration;
  const clock = (run) => run.iterations.elapsedSeconds;
  const costs = { label: runs[0].summary.currency || 'currency', format: money, range: () => costRange() };
  node.append(
    el(
      'div',
      { class: 'grid' },
      ...[
        lines('Mismatch by iteration', floorNote(...runs.map((run) => (run.iterations ? run.iterations.primalResidual : []))), 'iteration', iteration, (run) => run.iterations.primalResidual, log),
        lines('Mismatch by time', floorNote(...runs.map((run) => (run.iterations ? run.iterations.primalResidual : []))), 'seconds', clock, (run) => run.iterations.primalResidual, log),
        lines('Cost by iteration', 'The scale is that of the second half of each run.', 'iteration', iteration, (run) => run.iterations.cost, costs, optimum()),
        lines('Cost by time', null, 'seconds', clock, (run) => run.iterations.cost, costs, optimum()),
      ].filter(Boolean),
    ),
  );
}

/** The central optimum, when one is known and all runs are of the same problem. */
function optimum() {
  const problems = new Set(runs.map(({ summary }) => `${summary.case}, ${summary.settings.steps}, ${summary.settings.sampling ?? 'first'}`));
  const values = runs
    .map(({ summary }) => (known(summary.optimalCost) ? summary.optimalCost : summary.solver && summary.solved ? summary.totalCost : NaN))
    .filter(known);
  return problems.size === 1 && values.length > 0 ? { label: 'central optimum', value: values[0] } : null;
}

function costRange() {
  const tail = runs
    .filter((run) => run.iterations)
    .flatMap((run) => run.iterations.cost.slice(-Math.ceil(run.iterations.cost.length / 2)))
    .filter(known);
  if (tail.length === 0) return [0, 1];
  const best = optimum();
  if (best) tail.push(best.value);
  const end = runs[0].summary.totalCost;
  return uPlot.rangeNum(Math.min(...tail, end - 0.005 * Math.abs(end)), Math.max(...tail, end + 0.005 * Math.abs(end)), 0.1, true);
}

function times() {
  const steps = [...new Set(runs.flatMap((run) => Object.keys(run.summary.stepSeconds || {})))].filter((name) =>
    runs.some((run) => (run.summary.stepSeconds || {})[name] > 0),
  );
  if (steps.length === 0) return;
  const mean = (run, name) => (1000 * ((run.summary.stepSeconds || {})[name] || 0)) / Math.max(1, run.summary.iterations);
  page.append(
    el('section', {}, el('h2', {}, 'Time by step'), el('p', {}, 'Milliseconds per iteration, added over all energy systems.')),
    runsTable([
      ['step', ...names],
      ...steps.map((name) => [STEP_WORDS[name] || name, ...runs.map((run) => digits(mean(run, name), 3))]),
      ['together', ...runs.map((run) => digits(steps.reduce((sum, name) => sum + mean(run, name), 0), 3))],
    ]),
    el('p', { class: 'faint' }, 'Drawn by dualgrid; charts by uPlot (MIT licence).'),
  );
}

head();
answers();
dispatches();
chartsOfRuns();
times();
watch();
