
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
  const costs = { label: 'currency', format: money, range: () => costRange() };
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
chartsOfRuns();
times();
watch();
