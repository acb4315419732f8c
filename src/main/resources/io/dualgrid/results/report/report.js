
/* The report of one run. */

const data = JSON.parse(document.getElementById('data').textContent);
const { summary, network, iterations, dispatch } = data;
const steps = network.steps;
const stepHours = network.stepHours;
const hours = Array.from({ length: steps }, (_, t) => t * stepHours);
const endHour = steps * stepHours;
const TOLERANCE = 1e-5;
const certifiedGap = known(summary.certifiedGap) ? summary.certifiedGap : NaN;

/* Each kind of device: its name, and a class for its colour. */
const DEVICES = { ...data.kinds, bus: ['network', 'c-grey'] };

const STEPS = {
  linearTerm: ['linear term', 'c-grey'],
  mask: ['mask and unmask', 'c-pink'],
  solve: ['solve', 'c-blue'],
  check: ['check the answer', 'c-sky'],
  encrypt: ['encrypt', 'c-orange'],
  sum: ['sum', 'c-yellow'],
  decrypt: ['decrypt', 'c-red'],
  secureSum: ['secure sums', 'c-green'],
  update: ['update', 'c-ink'],
  certify: ['lower bound', 'c-brown'],
};

const CURRENCY = network.currency || 'currency';
const times = network.times || null;

const timeAxis = {
  label: times ? ['time', network.timeZone].filter(Boolean).join(', ') : 'hour of the horizon',
  tick: times ? (hour) => (times[Math.round(hour / stepHours)] || '').slice(11, 16) : undefined,
  text: (t) => timeText(t),
  values: hours,
  end: endHour,
  incrs: [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48],
};

function key(node, device, quantity) {
  return node + '\u0000' + device + '\u0000' + quantity;
}

const seriesByKey = new Map(dispatch.map((one) => [key(one.node, one.device, one.quantity), one.values]));

function find(node, device, quantity) {
  return seriesByKey.get(key(String(node), device, quantity));
}

function kindOf(device) {
  return device.split('#')[0];
}

const numberOf = new Map(network.nodes.map((one, i) => [one.id, i]));

function nodeName(id) {
  const node = network.nodes[numberOf.get(id)];
  const own = node && node.name && node.name !== String(id) ? ` (${node.name})` : '';
  return `node ${id}${own}`;
}

/** The devices of a node in words, each kind once. */
function deviceText(node) {
  const kinds = [...new Set(node.devices)];
  return kinds.map((kind) => (DEVICES[kind] || [kind])[0]).join(', ') || 'no devices';
}

const page = document.getElementById('page');
const choice = { node: null, step: 0 };

/* Head. */

function head() {
  const status = (summary.status || '').replace('-', ' ');
  const backends = Object.entries(summary.backends || {}).map(([role, one]) => `${role} ${one.name} ${one.version}`);
  const settings = summary.settings || {};
  const subtitle = [
    `${network.nodes.length} nodes, ${network.lines.length} lines`,
    `${steps} steps of ${+stepHours.toFixed(4)} h`,
    summary.algorithm && `${summary.algorithm} algorithm`,
    summary.stopping && `${summary.stopping} stopping rule`,
    ...backends,
    summary.solver,
    summary.program && [summary.program, summary.written && `on ${summary.written.replace('T', ' ').replace(/:\d\d(\.\d+)?Z/, ' UTC')}`].filter(Boolean).join(' '),
  ];
  const central = known(summary.optimalCost);
  page.append(
    el('h1', {}, `Dispatch of ${summary.case}`),
    el('p', { class: 'faint' }, ...unbroken(subtitle.filter(Boolean))),
    cards([
      ['status', status, known(summary.primalResidual) ? `mismatch ${digits(summary.primalResidual, 3)}${known(summary.dualResidual) ? `, change ${digits(summary.dualResidual, 3)}` : ''} p.u.` : null, ['converged', 'solved'].includes(status) ? 'good' : 'bad'],
      ['total cost', money(summary.totalCost), central ? `optimum ${money(summary.optimalCost)}` : `${CURRENCY}, over the horizon`],
      central ? ['from the optimum', percent(summary.objectiveGap), 'of a central solve'] : null,
      known(certifiedGap) ? ['certified gap', percent(certifiedGap), known(summary.statesLowerBound) ? `at most, with any states of on and off; lower bound ${money(summary.lowerBound)}` : `at most; lower bound ${money(summary.lowerBound)}`] : null,
      known(summary.statesGap) ? ['with these states', percent(summary.statesGap), `at most; lower bound ${money(summary.statesLowerBound)}`] : null,
      ['time', duration(summary.solveSeconds), iterationText()],
      known(summary.voltageMinPu) ? ['voltage', `${summary.voltageMinPu.toFixed(3)} to ${summary.voltageMaxPu.toFixed(3)}`, `p.u.; limits ${network.voltageMinPu} to ${network.voltageMaxPu}`, summary.voltageMinPu < network.voltageMinPu - 1e-4 || summary.voltageMaxPu > network.voltageMaxPu + 1e-4 ? 'bad' : null] : null,
      acCard(),
      summary.privacy ? ['privacy', summary.privacy, privacyText(settings)] : null,
      ['memory', known(summary.peakMemoryMb) ? Math.round(summary.peakMemoryMb) + ' MB' : '–', summary.peakMemoryMeasure],
    ]),
  );
}

/** What the AC power flow says of the dispatch. */
function acCard() {
  const ac = summary.ac;
  if (!ac) return null;
  if (!ac.voltageMin) return ['in AC', 'no power flow', 'the feeder cannot carry the dispatch', 'bad'];
  const good = ac.limitsBroken.length === 0 && ac.stepsNotConverged.length === 0;
  const broken = good ? '' : '; breaks limits, see the notices';
  return ['in AC', `${ac.voltageMin.pu.toFixed(3)} to ${ac.voltageMax.pu.toFixed(3)}`, `p.u.; losses ${digits(ac.lossesKwh, 3)} kWh${broken}`, good ? null : 'bad'];
}

/** Parts of a line that breaks between them only. */
function unbroken(parts) {
  return parts.flatMap((part, i) => [el('span', { class: 'part' }, i + 1 < parts.length ? `${part} ·` : part), ' ']);
}

function iterationText() {
  const each = known(summary.secondsPerIteration) ? ` of ${duration(summary.secondsPerIteration)}` : '';
  return `${summary.iterations} iterations${each}` + (known(summary.setupSeconds) ? `, set-up ${duration(summary.setupSeconds)}` : '');
}

function privacyText(settings) {
  return {
    none: 'nothing is hidden',
    rmme: `masked programs (${settings.mask})`,
    ckks: `encrypted messages (${settings.ckksParameters})`,
    dual: `masked programs (${settings.mask}), encrypted messages (${settings.ckksParameters})`,
  }[settings.privacy];
}

function section(title, text) {
  const node = el('section', {}, el('h2', {}, title), text ? el('p', {}, text) : null);
  page.append(node);
  return node;
}

function grid(parent, ...figures) {
  parent.append(el('div', { class: 'grid' }, ...figures.filter(Boolean)));
}

/* Costs and energy. */

/** Each part of the cost: a colour. */
const PARTS = { grid_purchase: 'c-red', grid_sale: 'c-green', fuel: 'c-orange', generation: 'c-yellow', served_load: 'c-pink', start: 'c-brown', network_charge: 'c-blue' };

function partName(id) {
  return id.replace('_', ' ');
}

const sumOf = (values) => values.reduce((sum, v) => sum + v, 0);

function answers() {
  const energy = summary.energy;
  if (!energy || !data.costs || data.costs.length === 0) return;
  const node = section('Costs and energy', 'Over the horizon. Costs are those of the dispatch, before anybody pays anybody for what was exchanged.');
  const kwh = (value) => (Math.abs(value) >= 1e4 ? `${digits(value / 1000)} MWh` : `${digits(value)} kWh`);
  const { storage, emissions, ac } = summary;
  node.append(
    cards([
      ['bought', kwh(energy.boughtKwh), `from the grid above; at most ${digits(energy.peakBoughtKw)} kW`],
      ['sold', kwh(energy.soldKwh), `to the grid above; at most ${digits(energy.peakSoldKw)} kW`],
      ['made at home', kwh(energy.generatedKwh), 'by plants of the sites'],
      known(energy.selfSufficiency) ? ['self-sufficiency', percent(energy.selfSufficiency), 'of what is used is made at home'] : null,
      known(energy.selfConsumption) ? ['self-consumption', percent(energy.selfConsumption), 'of what is made at home is used there'] : null,
      known(energy.gasKwh) && energy.gasKwh > 0 ? ['gas', kwh(energy.gasKwh), 'burnt, for power and heat'] : null,
      storage && storage.sizeKwh > 0 ? ['storage', `${digits(storage.cycles, 3)} cycles`, `of ${kwh(storage.sizeKwh)}; ${kwh(storage.putInKwh)} in, ${kwh(storage.takenOutKwh)} out`] : null,
      ac && known(ac.lossesKwh) ? ['losses', kwh(ac.lossesKwh), 'in all lines, by the AC power flow'] : null,
      assumedCard(),
      emissions ? ['carbon dioxide', `${digits(emissions.co2Kg ?? emissions.gridCo2Kg ?? emissions.gasCo2Kg)} kg`, emissionText(emissions)] : null,
    ]),
  );
  const parts = data.costs.map((one) => ({ ...one, sum: sumOf(one.values) }));
  const costs = el('figure', {}, el('h3', {}, 'Cost by part'), signedBars(parts.map((one) => ({ label: partName(one.part), title: one.meaning, value: one.sum, color: PARTS[one.part] || 'c-grey' })), 'part', CURRENCY));
  const kinds = new Map();
  for (const use of data.energy) {
    const name = `${kindOf(use.device)} ${use.carrier}`;
    const kind = kinds.get(name) || { label: `${(DEVICES[kindOf(use.device)] || [use.device])[0]}, ${use.carrier}`, color: (DEVICES[kindOf(use.device)] || [0, 'c-grey'])[1], supplied: 0, drawn: 0 };
    kind.supplied += use.supplied;
    kind.drawn += use.drawn;
    kinds.set(name, kind);
  }
  // an interior point leaves a trace of energy where there is none
  const most = Math.max(...[...kinds.values()].map((kind) => Math.max(kind.supplied, kind.drawn)));
  const shown = (value) => value > 1e-6 * most;
  const byKind = el(
    'figure',
    {},
    el('h3', {}, 'Energy by kind of device'),
    signedBars(
      [...kinds.values()].flatMap((kind) => [
        shown(kind.supplied) ? { label: `${kind.label} supplied`, value: kind.supplied, color: kind.color } : null,
        shown(kind.drawn) ? { label: `${kind.label} drawn`, value: -kind.drawn, color: kind.color } : null,
      ]).filter(Boolean),
      'device',
      'kWh',
    ),
  );
  const chart = new Chart({
    title: 'Cost at each step',
    summary: `${money(summary.totalCost)} in all.`,
    caption: 'Gains are below zero.',
    group: 'hours',
    x: timeAxis,
    y: { label: CURRENCY, range: (min, max) => zeroRange(min, max) },
    series: parts.flatMap((one) => [
      { label: partName(one.part), values: one.values, color: PARTS[one.part] || 'c-grey', stepped: true, stack: one.sum >= 0 ? 'up' : 'down' },
    ]),
  });
  grid(node, el('div', {}, costs, chart.figure), byKind);
  node.append(
    dataTable(() => {
      const sums = new Map();
      for (const use of data.energy) {
        if (use.carrier !== 'power') continue;
        const sum = sums.get(use.node) || [0, 0];
        sums.set(use.node, [sum[0] + use.supplied, sum[1] + use.drawn]);
      }
      return table(
        ['node', '#cost', '#power supplied in kWh', '#power drawn in kWh'],
        network.nodes.map((one) => [nodeName(one.id), money(data.nodeCosts[one.id] || 0), ...(sums.get(String(one.id)) || [0, 0]).map((v) => digits(v))]),
      );
    }),
  );
}

/** The assumed price that most of the cost stands on. */
function assumedCard() {
  const [most] = summary.assumed || [];
  if (!most || !known(most.share)) return null;
  const price = known(most.price) ? ` ${+most.price.toPrecision(6)}` : '';
  const of = most.nodes ? most.device : 'the network';
  const whole = Object.values(summary.costs).some((cost) => cost < 0) ? 'all that is paid and earned' : 'the cost';
  return ['assumed', percent(most.share), `of ${whole} stands on ${most.field}${price} of ${of}, which nobody stated`];
}

/** What carbon dioxide is of; factors are those of the case. */
function emissionText(emissions) {
  const parts = [
    known(emissions.gridCo2Kg) ? `${digits(emissions.gridCo2Kg)} kg of what is bought` : null,
    known(emissions.gasCo2Kg) ? `${digits(emissions.gasCo2Kg)} kg of gas` : null,
  ];
  return parts.filter(Boolean).join(', ');
}

/* Convergence. */

function convergence() {
  if (!iterations || iterations.iteration.length < 2) return;
  const thinned = data.iterationStride > 1 ? ` Every ${data.iterationStride}th iteration is drawn; iterations.csv has all.` : '';
  const way =
    summary.algorithm === 'newton'
      ? 'The operator moves prices by secure sums over the sites until what they supply balances and a bound certifies the cost.'
      : 'Energy systems exchange boundary values until the copies at both ends of each line agree.';
  const node = section('Convergence', way + thinned);
  node.append(el('p', { class: 'faint hint' }, 'Drag across a chart to zoom in, double-click to zoom out, click a legend entry to hide it.'));
  const x = { label: 'iteration', values: iterations.iteration };
  const flat = (value) => iterations.iteration.map(() => value);
  const residuals = (iterations.primalResidual.some(known) || iterations.dualResidual.some(known)) && new Chart({
    title: 'Residuals',
    summary: `Mismatch ends at ${digits(summary.primalResidual, 3)}${known(summary.dualResidual) ? `, change at ${digits(summary.dualResidual, 3)}` : ''} per unit.`,
    caption: [ending(), floorNote(iterations.primalResidual, iterations.dualResidual)].join(' ').trim(),
    group: 'iterations',
    x,
    y: { label: 'per unit', log: true, format: (value) => digits(value, 3) },
    series: [
      { label: 'mismatch (primal)', values: iterations.primalResidual, color: 'c-blue' },
      { label: 'change (dual)', values: iterations.dualResidual, color: 'c-orange', dash: [7, 4] },
      { label: 'tolerance', values: flat(TOLERANCE), color: 'c-grey', dash: [2, 4] },
    ],
  });
  const optimum = summary.optimalCost;
  const costs = [{ label: 'cost', values: iterations.cost, color: 'c-blue' }];
  if (iterations.lowerBound.some(known)) {
    costs.push({ label: 'lower bound', values: iterations.lowerBound, color: 'c-green', dash: [7, 4], stepped: true });
  }
  if (known(optimum)) costs.push({ label: 'central optimum', values: flat(optimum), color: 'c-red', dash: [2, 4] });
  const cost = costs.some((one) => one.values.some(known)) && new Chart({
    title: 'Cost',
    summary: `The cost ends at ${money(summary.totalCost)}.`,
    caption: 'Early costs are those of copies that do not agree; the scale is that of the second half.',
    group: 'iterations',
    x,
    y: { label: CURRENCY, format: money, range: () => costRange(costs) },
    series: costs,
  });
  // newton has neither copies that differ nor a penalty, and over a network only sites know their copies
  const copies = summary.algorithm !== 'newton' && iterations.mismatchP.some(known);
  const parts = copies && new Chart({
    title: 'Mismatch by quantity',
    caption: ['Largest over all lines of the norm over the horizon.', floorNote(iterations.mismatchP, iterations.mismatchQ, iterations.mismatchV)].join(' ').trim(),
    group: 'iterations',
    x,
    y: { label: 'per unit', log: true, format: (value) => digits(value, 3) },
    series: [
      { label: 'active power', values: iterations.mismatchP, color: 'c-blue' },
      { label: 'reactive power', values: iterations.mismatchQ, color: 'c-green', dash: [7, 4] },
      { label: 'voltage', values: iterations.mismatchV, color: 'c-red', dash: [3, 3] },
    ],
  });
  const penalties = iterations.penalty.filter(known);
  const penalty =
    penalties.length > 0 &&
    new Chart({
      title: 'Penalty',
      caption: `Of active power on the line at the root; ${new Set(penalties).size === 1 ? 'constant' : 'at the end'} ${+penalties[penalties.length - 1].toPrecision(4)} ${CURRENCY}/kW².`,
      group: 'iterations',
      x,
      y: { label: `${CURRENCY}/kW²`, log: true, format: (value) => digits(value, 3) },
      series: [{ label: 'penalty', values: iterations.penalty, color: 'c-pink', stepped: true }],
    });
  grid(node, residuals && residuals.figure, cost && cost.figure, parts && parts.figure, penalty && penalty.figure);
}

/** Why the run ended, in words; see docs/algorithm.md. */
function ending() {
  const stalled = (summary.notices || []).find((notice) => notice.startsWith('stalled'));
  if (summary.status === 'not-converged' && stalled) return `${stalled[0].toUpperCase()}${stalled.slice(1)}.`;
  if (summary.status !== 'converged') return { 'not-converged': 'Stopped at the limit of iterations.', infeasible: 'No dispatch meets the limits.', interrupted: 'Interrupted.', failed: 'Failed.' }[summary.status] || '';
  if (summary.stopping === 'published') return 'Stopped by the published rule, which weighs voltage by 0.001 and leaves reactive power out.';
  const gap = known(summary.statesLowerBound) ? 'certified gap with the states that sites have fixed' : 'certified gap';
  const reason = `Stopped as the ${gap} is below ${summary.settings.gapTolerance}.`;
  if (summary.algorithm === 'newton') return reason;
  return `${reason} The last point is the feasible sweep, exchanged once more: hence the fall of the mismatch, and a change that is the step to that point.`;
}

/** The second half of the run, the references, and at least one percent of the final cost. */
function costRange(series) {
  const tail = series.flatMap((one) => one.values.slice(-Math.ceil(one.values.length / 2)).filter(known));
  if (tail.length === 0) return [0, 1];
  // a run that failed has no cost of its own
  const cost = known(summary.totalCost) ? summary.totalCost : tail[tail.length - 1];
  const least = 0.005 * Math.abs(cost);
  const low = Math.min(...tail, cost - least);
  const high = Math.max(...tail, cost + least);
  return uPlot.rangeNum(low, high, 0.1, true);
}

/* Network. */

const children = new Map(network.nodes.map((node) => [node.id, []]));
const parent = new Map();
for (const line of network.lines) {
  children.get(line.from).push(line.to);
  parent.set(line.to, line.from);
}

/**
 * Places the feeder: the largest branch of each node goes straight on, the others to the nearest row
 * beyond all that is taken above or below, on the side of the root's own branch that they are on. Deep
 * branches are placed before shallow ones, so that no lines cross. A node has a depth and a row. Takes
 * time in proportion to the nodes.
 */
function layout() {
  const order = [network.root];
  for (const id of order) children.get(id).forEach((child) => order.push(child));
  const size = new Map(order.map((id) => [id, 1]));
  for (const id of order.reverse()) {
    if (parent.has(id)) size.set(parent.get(id), size.get(parent.get(id)) + size.get(id));
  }
  const place = new Map();
  // by depth, the outermost rows that are taken
  const top = [];
  const bottom = [];
  const trunk = (id) => {
    const path = [id];
    for (let next = id; children.get(next).length > 0; ) {
      next = children.get(next).reduce((best, child) => (size.get(child) > size.get(best) ? child : best));
      path.push(next);
    }
    return path;
  };
  const rowFor = (path, depth, from) => {
    let up = from;
    let down = from;
    // A branch leaves its node on a slope, and leaves a gap behind one that has ended.
    for (let column = depth - 1; column < depth + path.length; column++) {
      up = Math.min(up, top[column] ?? from);
      down = Math.max(down, bottom[column] ?? from);
    }
    if (from !== 0) return from > 0 ? down + 1 : up - 1;
    return down <= -up ? down + 1 : up - 1;
  };
  const put = (path, depth, row) => {
    path.forEach((id, i) => {
      place.set(id, { depth: depth + i, across: row });
      top[depth + i] = Math.min(row, top[depth + i] ?? row);
      bottom[depth + i] = Math.max(row, bottom[depth + i] ?? row);
    });
    for (let i = path.length - 1; i >= 0; i--) {
      const aside = children.get(path[i]).filter((child) => child !== path[i + 1]);
      aside.sort((a, b) => size.get(a) - size.get(b));
      for (const child of aside) {
        const branch = trunk(child);
        put(branch, depth + i + 1, rowFor(branch, depth + i + 1, row));
      }
    }
  };
  put(trunk(network.root), 0, 0);
  const first = smallest(top);
  place.forEach((one) => (one.across -= first));
  return place;
}

/** Of the height of the window, what a map takes; the style of .tree says the same. */
const SHARE_OF_WINDOW = 0.8;
const PRINT_HEIGHT = 900;

/** The least pixels between nodes; below, all is drawn smaller. */
const DENSEST = 4;
// of a letter of a name, in pixels
const NAME_WIDTH = 6.6;

/** Cividis, by Nuñez, Anderton and Renslow: even steps in lightness with any colour vision. */
const CIVIDIS = [[0, 34, 78], [53, 69, 108], [102, 105, 112], [148, 142, 119], [200, 184, 102], [254, 232, 56]];

function cividis(share) {
  const at = Math.max(0, Math.min(1, share)) * (CIVIDIS.length - 1);
  const low = Math.min(Math.floor(at), CIVIDIS.length - 2);
  return CIVIDIS[low].map((channel, i) => Math.round(channel + (at - low) * (CIVIDIS[low + 1][i] - channel)));
}

function rgb(channels) {
  return `rgb(${channels.join(',')})`;
}

function feeder() {
  const voltages = network.nodes.map((node) => find(node.id, 'bus', 'V'));
  if (voltages.some((values) => !values)) return null;
  const flows = network.lines.map((line) => ({
    line,
    active: find(`${line.from}-${line.to}`, 'line', 'P_z'),
    reactive: find(`${line.from}-${line.to}`, 'line', 'Q_z'),
  }));
  const flowInto = new Map(flows.map((flow) => [flow.line.to, flow]));
  const apparent = (flow, t) => Math.hypot(flow.active ? flow.active[t] : 0, flow.reactive ? flow.reactive[t] : 0);
  const heaviest = Math.max(1e-9, largest(flows.flatMap((flow) => hours.map((_, t) => apparent(flow, t)))));
  const colours = mapColours(voltages);
  let colour = colours[0];

  const node = section('Network', 'Width is loading (apparent power against the most loaded line and step), an orange line carries power towards the root.');
  node.append(el('p', { class: 'faint hint' }, 'Choose a node to see its dispatch. Drag to move, + and − or Ctrl with the wheel to zoom; names appear where there is room.'));
  const slider = el('input', { type: 'range', min: 0, max: steps - 1, value: 0, id: 'step', 'aria-label': 'time step' });
  const clock = el('output', { for: 'step' });
  const play = el('button', { type: 'button' }, 'Play');
  const select = el('select', { id: 'colour' }, ...colours.map((one, i) => el('option', { value: i }, one.label)));
  const zoomButton = (text, label, factor) => {
    const made = el('button', { type: 'button', 'aria-label': label }, text);
    made.addEventListener('click', () => zoomTo(factor ? zoom * factor : whole));
    return made;
  };
  const zooms = [zoomButton('−', 'zoom out', 1 / 1.5), zoomButton('+', 'zoom in', 1.5), zoomButton('fit', 'whole feeder', 0)];
  const chooser = colours.length > 1 ? [el('span', { class: 'choice' }, el('label', { for: 'colour' }, 'Colour'), select)] : [];
  node.append(el('div', { class: 'controls' }, el('label', { for: 'step' }, 'Time'), slider, clock, play, ...zooms, ...chooser));
  const tree = el('div', { class: 'tree' });
  const reading = el('p', { class: 'reading', 'aria-live': 'polite' });
  let told = network.root;
  const meaning = el('span', { class: 'faint' });
  const lowest = el('span');
  const highest = el('span');
  const ramp = el('span', { class: 'ramp', style: `background:linear-gradient(90deg,${CIVIDIS.map(rgb).join(',')})` });
  const drawn = el(
    'div',
    { class: 'feeder' },
    tree,
    el('div', { class: 'scale' }, meaning, lowest, ramp, highest, el('span', { class: 'faint' }, `widest line: ${digits(heaviest, 4)} kVA`)),
    reading,
  );
  node.append(drawn);

  const place = layout();
  const deepest = largest([...place.values()].map((one) => one.depth));
  const widest = largest([...place.values()].map((one) => one.across));
  const marks = new Map();
  const strokes = [];
  let zoom = 1;
  let whole = 1; // the zoom at which all is in sight
  let names = () => {};

  /** Zooms about the middle of what is shown; names appear where there is room for them. */
  function zoomTo(wanted) {
    const [x, y] = [(tree.scrollLeft + tree.clientWidth / 2) / zoom, (tree.scrollTop + tree.clientHeight / 2) / zoom];
    zoom = Math.max(whole, Math.min(16, wanted));
    names();
    tree.scrollLeft = x * zoom - tree.clientWidth / 2;
    tree.scrollTop = y * zoom - tree.clientHeight / 2;
  }

  let grip = null;
  tree.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse') grip = [event.clientX + tree.scrollLeft, event.clientY + tree.scrollTop];
  });
  window.addEventListener('pointermove', (event) => {
    if (!grip) return;
    tree.scrollLeft = grip[0] - event.clientX;
    tree.scrollTop = grip[1] - event.clientY;
  });
  window.addEventListener('pointerup', () => (grip = null));
  tree.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2));
    },
    { passive: false },
  );

  function drawTree() {
    const room = printing ? PRINT_WIDTH : tree.clientWidth || 600;
    const lying = room >= 640;
    const margin = 26;
    // As dense as it takes for all to be in sight.
    const height = printing ? PRINT_HEIGHT : SHARE_OF_WINDOW * window.innerHeight;
    const spread = (length, places, least, most) => Math.max(least, Math.min(most, (length - 2 * margin) / Math.max(1, places)));
    const own = network.nodes.filter((one) => one.name && ![String(one.id), `DES ${one.id}`, `node ${one.id}`].includes(one.name));
    // names of the last column reach beyond it
    const outer = own.filter((one) => (lying ? place.get(one.id).depth === deepest : place.get(one.id).across === widest));
    const beyond = Math.min(Math.max(0, NAME_WIDTH * largest(outer.map((one) => one.name.length)) + (lying ? 0 : 14) - margin), room / 6);
    const along = lying ? spread(room - beyond, deepest, DENSEST, 150) : spread(height, deepest, DENSEST, 44);
    const across = lying ? spread(height, widest, DENSEST, widest < 6 ? 44 : 30) : spread(room - beyond, widest, DENSEST, 110);
    // between two rows there is room for names
    const radius = Math.min(11, 0.33 * along, 0.3 * across);
    const at = (id) => {
      const one = place.get(id);
      const a = margin + one.depth * along;
      const b = margin + one.across * across;
      return lying ? [a, b] : [b, a];
    };
    const size = lying ? [2 * margin + deepest * along + beyond, 2 * margin + widest * across] : [2 * margin + deepest * along, 2 * margin + widest * across + beyond];
    const [w, h] = lying ? size : size.reverse();
    const drawing = svg('svg', { width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: 'group', 'aria-label': 'the feeder as a tree; arrow keys move between nodes' });
    // Half way along the straight end of a line.
    const inward = (0.58 * along + radius) / 2;
    strokes.length = 0;
    marks.clear();
    for (const flow of flows) {
      const [x1, y1] = at(flow.line.from);
      const [x2, y2] = at(flow.line.to);
      const path = lying ? `M${x1} ${y1}L${x1 + along * 0.42} ${y2}L${x2} ${y2}` : `M${x1} ${y1}L${x2} ${y1 + along * 0.42}L${x2} ${y2}`;
      const stroke = svg('path', { class: 'line', d: path });
      const arrow = svg('path', { class: 'arrow' });
      strokes.push({ flow, stroke, arrow, room: Math.min(0.45 * (0.58 * along - radius), 0.3 * across), tip: lying ? [x2 - inward, y2, 0] : [x2, y2 - inward, 90] });
      drawing.append(stroke, arrow);
    }
    for (const one of network.nodes) {
      const [x, y] = at(one.id);
      const circle = svg('circle', { cx: x, cy: y, r: radius });
      const label = svg('text', { x, y, style: `font-size:${Math.min(10, (2.9 * radius) / Math.max(2, String(one.id).length)).toFixed(2)}px` }, String(one.id));
      const group = svg('g', { class: 'node', role: 'button', tabindex: one.id === (choice.node ?? network.root) ? 0 : -1 }, circle, label);
      group.addEventListener('click', () => choose(one.id));
      group.addEventListener('pointerenter', () => tell(one.id));
      group.addEventListener('focus', () => tell(one.id));
      group.addEventListener('keydown', (event) => walk(event, one.id));
      marks.set(one.id, { group, circle, label });
      drawing.append(group);
    }
    const titles = own.map((one) => {
      const [x, y] = at(one.id);
      return svg('text', { class: 'name', x: lying ? x - radius : x + radius + 3, y: lying ? y - radius - 0.07 * across : y + 3 }, one.name);
    });
    const shelf = svg('g', {}, ...titles);
    drawing.append(shelf);
    // a name is as long as the way to the next node, and lies above it or before it; a number is within its node
    const longest = largest(own.map((one) => one.name.length));
    const places = largest(network.nodes.map((one) => String(one.id).length));
    names = () => {
      const scale = printing ? 1 : zoom;
      drawing.setAttribute('width', w * scale);
      drawing.setAttribute('height', h * scale);
      const [wide, high] = lying ? [0.95 * along, across] : [across - 2 * radius - 6, along];
      const size = Math.min(11, (wide * scale) / Math.max(1, 0.6 * longest), 0.35 * high * scale);
      shelf.setAttribute('display', size >= 7 ? 'inline' : 'none');
      drawing.classList.toggle('sparse', (2.9 * radius * scale) / Math.max(2, places) < 5);
      titles.forEach((title) => (title.style.fontSize = `${(size / scale).toFixed(2)}px`));
    };
    whole = Math.min(1, room / w, height / h);
    zoom = whole;
    names();
    tree.replaceChildren(drawing);
    const [rootX] = at(network.root);
    tree.scrollLeft = lying ? 0 : rootX - tree.clientWidth / 2;
    show();
  }

  function show() {
    const t = choice.step;
    meaning.textContent = `colour: ${colour.label}`;
    lowest.textContent = colour.text(colour.low);
    highest.textContent = `${colour.text(colour.high)} ${colour.unit}`;
    clock.textContent = timeText(t);
    for (const { flow, stroke, arrow, tip, room } of strokes) {
      const share = apparent(flow, t) / heaviest;
      const back = flow.active && flow.active[t] < 0;
      stroke.setAttribute('stroke-width', (1 + 7 * share).toFixed(2));
      stroke.classList.toggle('back', Boolean(back));
      const size = Math.min(3.5 + 2 * share, room);
      arrow.setAttribute('d', `M${-size} ${-size}L${size} 0L${-size} ${size}Z`);
      arrow.setAttribute('transform', `translate(${tip[0]} ${tip[1]}) rotate(${tip[2] + (back ? 180 : 0)})`);
    }
    network.nodes.forEach((one, i) => {
      const value = colour.value(i, t);
      const channels = cividis((value - colour.low) / (colour.high - colour.low));
      const mark = marks.get(one.id);
      mark.circle.setAttribute('fill', rgb(channels));
      const light = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] > 130;
      mark.label.setAttribute('fill', light ? '#000' : '#fff');
      mark.group.setAttribute('aria-pressed', String(choice.node === one.id));
      mark.group.setAttribute('aria-label', `${nodeName(one.id)}, ${colour.text(value)} ${colour.unit}`);
    });
    tell(told);
  }

  function tell(id) {
    told = id;
    const t = choice.step;
    const i = numberOf.get(id);
    const injection = find(id, 'bus', 'P');
    const parts = [`${nodeName(id)} at ${timeText(t)}: ${voltages[i][t].toFixed(4)} p.u.`];
    if (prices) parts.push(`price ${digits(prices.at(id, 'P').total[t])} ${CURRENCY}/kWh`);
    if (injection) parts.push(`${injection[t] >= 0 ? 'gives' : 'takes'} ${digits(Math.abs(injection[t]), 4)} kW`);
    const flow = flowInto.get(id);
    if (flow && flow.active) {
      parts.push(`line from ${flow.line.from}: ${digits(flow.active[t], 4)} kW, ${digits(flow.reactive[t], 4)} kvar, ${percent(apparent(flow, t) / heaviest)} of the widest`);
    }
    parts.push(deviceText(network.nodes[i]));
    reading.textContent = parts.join('; ') + '.';
  }

  function walk(event, id) {
    const siblings = parent.has(id) ? children.get(parent.get(id)) : [id];
    const position = siblings.indexOf(id);
    const lying = tree.clientWidth >= 640;
    const keys = lying
      ? { ArrowLeft: parent.get(id), ArrowRight: children.get(id)[0], ArrowUp: siblings[position - 1], ArrowDown: siblings[position + 1] }
      : { ArrowUp: parent.get(id), ArrowDown: children.get(id)[0], ArrowLeft: siblings[position - 1], ArrowRight: siblings[position + 1] };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(id);
    } else if (event.key in keys) {
      event.preventDefault();
      const next = marks.get(keys[event.key]);
      if (next) {
        marks.forEach((mark) => mark.group.setAttribute('tabindex', -1));
        next.group.setAttribute('tabindex', 0);
        next.group.focus();
      }
    }
  }

  function choose(id) {
    choice.node = id;
    told = id;
    listeners.forEach((listener) => listener());
  }

  slider.addEventListener('input', () => {
    choice.step = Number(slider.value);
    show();
  });
  select.addEventListener('change', () => {
    colour = colours[Number(select.value)];
    show();
  });
  let timer = 0;
  play.addEventListener('click', () => {
    if (timer) {
      clearInterval(timer);
      timer = 0;
    } else {
      timer = setInterval(() => {
        slider.value = choice.step = (choice.step + 1) % steps;
        show();
      }, 500);
    }
    play.textContent = timer ? 'Pause' : 'Play';
    // Two sentences a second are too many to be read aloud.
    reading.setAttribute('aria-live', timer ? 'off' : 'polite');
  });
  listeners.push(() => {
    told = choice.node ?? told;
    show();
  });
  redraws.push(drawTree);
  // The step of the deepest voltage says most about the feeder.
  let worst = 0;
  hours.forEach((_, t) => {
    if (smallest(voltages.map((v) => v[t])) < smallest(voltages.map((v) => v[worst]))) worst = t;
  });
  slider.value = choice.step = worst;
  return voltages;
}

/** What the map can show as colour, each with its range over all nodes and steps. */
function mapColours(voltages) {
  const ranged = (spread, colour) => {
    const all = network.nodes.flatMap((_, i) => hours.map((_, t) => colour.value(i, t)));
    const middle = (largest(all) + smallest(all)) / 2;
    const half = Math.max(largest(all) - middle, spread / 2);
    return { ...colour, low: middle - half, high: middle + half };
  };
  const colours = [
    ranged(0.002, { label: 'voltage', unit: 'p.u.', text: (v) => minus(v.toFixed(4)), value: (i, t) => voltages[i][t] }),
  ];
  if (prices) {
    const active = network.nodes.map((one) => prices.at(one.id, 'P').total);
    const means = active.map(mean);
    const money = { unit: `${CURRENCY}/kWh`, text: (v) => digits(v) };
    // a spread that is rounding has no colours
    const least = 1e-3 * Math.max(1e-9, largest(means.map(Math.abs)));
    colours.push(
      ranged(least, { ...money, label: 'price of active power, mean of all steps', value: (i) => means[i] }),
      ranged(least, { ...money, label: 'price of active power', value: (i, t) => active[i][t] }),
    );
  }
  return colours;
}

function timeText(t) {
  if (times) return times[t].slice(0, 16).replace('T', ' ');
  const minutes = Math.round(t * stepHours * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const listeners = [];

/* Dispatch. */

const negate = (values) => values.map((v) => -v);
const upper = (values) => values.map((v) => Math.max(0, v));
const lower = (values) => values.map((v) => Math.min(0, v));
const significant = (values) => values.some((v) => Math.abs(v) > 1e-3);

function add(map, name, values, options) {
  if (!values || !significant(values)) return;
  const old = map.get(name);
  map.set(name, { ...options, label: name, values: old ? old.values.map((v, t) => v + values[t]) : values });
}

/** Series of one node, or of all together when id is null. */
function ofNode(id) {
  const areas = { electricity: new Map(), heat: new Map() };
  const loads = { electricity: null, heat: null };
  const levels = [];
  const many = id === null;
  const pile = (medium, device, kind, values, up, down) => {
    const [text, hue] = DEVICES[kind] || [kind, 'c-ink'];
    const number = many || !device.includes('#') ? '' : ' ' + device.split('#')[1];
    const name = (suffix) => text + number + suffix;
    add(areas[medium], name(up), upper(values), { color: hue, stack: 'up', stepped: true });
    add(areas[medium], name(down), lower(values), { color: hue, stack: 'down', stepped: true, hatched: true });
  };
  const sumLoad = (medium, values) => {
    loads[medium] = loads[medium] ? loads[medium].map((v, t) => v + values[t]) : values;
  };
  for (const { node, device, quantity, values } of dispatch) {
    if (device === 'line' || (!many && node !== String(id))) continue;
    const kind = kindOf(device);
    if (device === 'bus') {
      // Within the whole feeder what one gives another takes.
      if (!many && quantity === 'P') pile('electricity', device, 'bus', negate(values), ': taken', ': given');
    } else if (kind === 'P_load') {
      sumLoad('electricity', negate(values));
    } else if (kind === 'H_load') {
      sumLoad('heat', negate(values));
    } else if (quantity === 'P') {
      pile('electricity', device, kind, values, '', kind === 'EHP' || kind === 'AHP' || kind === 'EH' ? '' : ' taken');
    } else if (quantity === 'P_buy' || quantity === 'P_discharge') {
      pile('electricity', device, kind, upper(values), quantity === 'P_buy' ? ': bought' : ': discharge', '');
    } else if ((quantity === 'P_sell' && device !== 'bus') || quantity === 'P_charge') {
      pile('electricity', device, kind, negate(upper(values)), '', quantity === 'P_sell' ? ': sold' : ': charge');
    } else if (quantity === 'H') {
      pile('heat', device, kind, values, '', '');
    } else if (quantity === 'H_rel') {
      pile('heat', device, kind, upper(values), ': release', '');
    } else if (quantity === 'H_sto') {
      pile('heat', device, kind, negate(upper(values)), '', ': store');
    } else if (quantity === 'E') {
      levels.push({ device, kind, values });
    }
  }
  return { areas, loads, levels };
}

function balanceChart(title, medium) {
  return new Chart({
    title,
    caption: 'Plain areas supply, hatched areas take; what is left between them is the load.',
    group: 'hours',
    x: timeAxis,
    y: { label: 'kW', range: (min, max) => zeroRange(min, max) },
    series: [],
    medium,
  });
}

function zeroRange(min, max) {
  // axes of no height show nothing
  if (!known(min) || !known(max) || (min === 0 && max === 0)) return [0, 1];
  const low = Math.min(0, min);
  const high = Math.max(0, max);
  const pad = 0.06 * (high - low || 1);
  return [low < 0 ? low - pad : 0, high > 0 ? high + pad : 0];
}

function dispatchSection() {
  const node = section('Dispatch');
  const select = el('select', { id: 'des' });
  select.append(el('option', { value: '' }, 'all energy systems together'));
  const busy = network.nodes.filter((one) => one.devices.length > 0);
  for (const one of busy) select.append(el('option', { value: one.id }, nodeName(one.id)));
  const back = el('button', { type: 'button', 'aria-label': 'previous energy system' }, '◀');
  const next = el('button', { type: 'button', 'aria-label': 'next energy system' }, '▶');
  node.append(el('div', { class: 'controls' }, el('label', { for: 'des' }, 'Energy system'), back, select, next));
  const heading = el('p', { class: 'faint' });
  node.append(heading);

  const electricity = balanceChart('Electricity', 'electricity');
  const heat = balanceChart('Heat', 'heat');
  const storage = [
    ['Electricity stored', (kind) => kind !== 'HS'],
    ['Heat stored', (kind) => kind === 'HS'],
  ].map(([title, holds]) => ({
    holds,
    chart: new Chart({
      title,
      caption: 'At the end of each step.',
      group: 'hours',
      x: { ...timeAxis, end: undefined, values: [...hours, endHour] },
      y: { label: 'kWh', range: (min, max) => zeroRange(min, max) },
      series: [],
    }),
  }));
  const shown = [electricity, heat, ...storage.map((one) => one.chart)];
  if (network.buyPricePerKwh) {
    shown.push(
      new Chart({
        title: 'Prices at the root',
        group: 'hours',
        x: timeAxis,
        y: { label: `${CURRENCY}/kWh`, range: (min, max) => zeroRange(min, max) },
        series: [
          { label: 'buy', values: network.buyPricePerKwh, color: 'c-red', stepped: true },
          { label: 'sell', values: network.sellPricePerKwh, color: 'c-blue', dash: [7, 4], stepped: true },
        ],
      }),
    );
  }
  grid(node, ...shown.map((chart) => chart.figure));

  function current() {
    return ofNode(choice.node);
  }

  function refresh() {
    select.value = choice.node === null ? '' : String(choice.node);
    const { areas, loads, levels } = current();
    heading.textContent = choice.node === null ? 'All energy systems together.' : `${nodeName(choice.node)}: ${deviceText(network.nodes[numberOf.get(choice.node)])}.`;
    for (const chart of [electricity, heat]) {
      const series = [...areas[chart.spec.medium].values()];
      const load = loads[chart.spec.medium];
      if (load && significant(load)) series.push({ label: 'load', values: load, color: 'c-ink', width: 2.5, stepped: true });
      chart.figure.hidden = series.length === 0;
      chart.update({ series });
    }
    for (const { chart, holds } of storage) {
      const series = storageSeries(levels.filter(({ kind }) => holds(kind)));
      chart.figure.hidden = series.length === 0;
      chart.update({ series });
    }
  }

  function storageSeries(levels) {
    const sums = new Map();
    for (const { device, kind, values } of levels) {
      const [text, hue] = DEVICES[kind] || [kind, 'c-ink'];
      const number = choice.node === null || !device.includes('#') ? '' : ' ' + device.split('#')[1];
      // What is stored before the first step is what is stored after the last.
      add(sums, text + number, [values[values.length - 1], ...values], { color: hue, own: true });
    }
    return [...sums.values()];
  }

  function turn(step) {
    const ids = [null, ...busy.map((one) => one.id)];
    choice.node = ids[(Math.max(0, ids.indexOf(choice.node)) + step + ids.length) % ids.length];
    listeners.forEach((listener) => listener());
  }

  select.addEventListener('change', () => {
    choice.node = select.value === '' ? null : Number(select.value);
    listeners.forEach((listener) => listener());
  });
  back.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  node.append(
    dataTable(() => {
      const { areas, loads, levels } = current();
      const columns = ['electricity', 'heat'].flatMap((medium) => [
        ...[...areas[medium].values()].map((one) => [`#${medium}: ${one.label}, kW`, one.values]),
        ...(loads[medium] ? [[`#${medium}: load, kW`, loads[medium]]] : []),
      ]);
      // The first value of a storage series is that before the first step.
      columns.push(...storageSeries(levels).map((one) => [`#stored: ${one.label}, kWh`, one.values.slice(1)]));
      return table(['time', ...columns.map(([name]) => name)], hours.map((_, t) => [timeText(t), ...columns.map(([, values]) => digits(values[t], 4))]));
    }),
  );
  listeners.push(refresh);
  redraws.push(refresh);
}

/* Voltage. */

function voltageSection(voltages) {
  if (!voltages) return;
  const ac = data.ac && network.nodes.every((one) => data.ac.voltagePu[one.id]) ? data.ac : null;
  const node = section('Voltage', ac && 'LinDistFlow, which the dispatch is planned with, leaves losses out; the AC power flow of the same dispatch has them.');
  const lowest = hours.map((_, t) => smallest(voltages.map((v) => v[t])));
  const highest = hours.map((_, t) => largest(voltages.map((v) => v[t])));
  const mean = hours.map((_, t) => voltages.reduce((sum, v) => sum + v[t], 0) / voltages.length);
  const flat = (value) => hours.map(() => value);
  const fixed = [
    { label: 'lowest to highest node', values: highest, band: lowest, color: 'c-blue', stepped: true },
    { label: 'mean', values: mean, color: 'c-blue', stepped: true },
  ];
  if (ac) {
    const all = network.nodes.map((one) => ac.voltagePu[one.id]);
    const extreme = (pick) => hours.map((_, t) => (known(all[0][t]) ? pick(all.map((v) => v[t])) : null));
    fixed.push({ label: 'AC: lowest', values: extreme(smallest), color: 'c-green', dash: [7, 4], stepped: true });
    fixed.push({ label: 'AC: highest', values: extreme(largest), color: 'c-green', dash: [3, 3], stepped: true });
  }
  fixed.push({ label: 'lower limit', values: flat(network.voltageMinPu), color: 'c-red', dash: [2, 4] });
  fixed.push({ label: 'upper limit', values: flat(network.voltageMaxPu), color: 'c-red', dash: [2, 4] });
  const chart = new Chart({
    title: 'Voltage of all nodes',
    summary: `Between ${digits(Math.min(...lowest), 5)} and ${digits(Math.max(...highest), 5)} per unit.`,
    group: 'hours',
    height: 280,
    x: timeAxis,
    y: { label: 'p.u.', format: (value) => value.toFixed(4) },
    series: fixed,
  });
  const losses =
    ac &&
    new Chart({
      title: 'Losses in AC',
      summary: `${digits(summary.ac.lossesKwh, 3)} kWh over the horizon.`,
      caption: 'Active power lost in all lines, which LinDistFlow and the cost leave out; the root supplies it.',
      group: 'hours',
      height: 280,
      x: timeAxis,
      y: { label: 'kW', range: (min, max) => zeroRange(min, max) },
      series: [{ label: 'losses', values: ac.lossKw, color: 'c-orange', stepped: true }],
    });
  if (losses) grid(node, chart.figure, losses.figure);
  else node.append(chart.figure);
  const refresh = () => {
    const i = numberOf.get(choice.node) ?? -1;
    const chosen = i < 0 ? [] : [{ label: nodeName(choice.node), values: voltages[i], color: 'c-orange', stepped: true, width: 2.5 }];
    if (i >= 0 && ac) chosen.push({ label: `${nodeName(choice.node)} in AC`, values: ac.voltagePu[choice.node], color: 'c-orange', dash: [7, 4], stepped: true });
    chart.update({ series: [...fixed, ...chosen] });
  };
  listeners.push(refresh);
  redraws.push(refresh);
}

/* Prices. */

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** The prices at nodes, where the algorithm has some: at(id, 'P' or 'Q') gives total and parts. */
function readPrices() {
  // a table that somebody has cut may lack a quantity
  if (!data.prices || !data.prices.energy.P || !data.prices.energy.Q) return null;
  const zero = hours.map(() => 0);
  const cache = new Map();
  return {
    at(id, quantity) {
      const name = key(id, 'bus', quantity);
      if (!cache.has(name)) {
        const energy = data.prices.energy[quantity];
        const own = data.prices.nodes[id] || {};
        const voltage = own[`${quantity}_voltage`] || zero;
        const flow = own[`${quantity}_flow`] || zero;
        cache.set(name, { energy, voltage, flow, total: energy.map((v, t) => v + voltage[t] + flow[t]) });
      }
      return cache.get(name);
    },
  };
}

/** The node of which a limit moves the price of active power most, or the root. */
function mostMoved() {
  const moved = (one) => Math.max(...prices.at(one.id, 'P').total.map((v, t) => Math.abs(v - prices.at(one.id, 'P').energy[t])));
  return network.nodes.reduce((best, one) => (moved(one) > moved(best) + 1e-12 ? one : best)).id;
}

function priceSection() {
  if (!prices) return;
  const bound = Object.keys(data.prices.nodes).length > 0;
  const node = section(
    'Prices at the nodes',
    'What one more kWh or kvarh supplied at a node would save the whole feeder: the multipliers of the dispatch, not what anybody pays unless it is agreed so.' +
      (bound ? '' : ' No limit of a voltage or a flow binds, so they are the same at all nodes.'),
  );
  const usual = mostMoved();
  const shown = [
    ['P', 'active power', `${CURRENCY}/kWh`],
    ['Q', 'reactive power', `${CURRENCY}/kvarh`],
  ].map(([quantity, name, unit]) => {
    const all = network.nodes.map((one) => prices.at(one.id, quantity).total);
    const extreme = (pick) => hours.map((_, t) => pick(all.map((values) => values[t])));
    const fixed = [
      { label: 'lowest to highest node', values: extreme(largest), band: extreme(smallest), color: 'c-blue', stepped: true },
      { label: 'mean', values: hours.map((_, t) => mean(all.map((values) => values[t]))), color: 'c-blue', stepped: true },
    ];
    if (quantity === 'P' && network.buyPricePerKwh) {
      fixed.push({ label: 'root buys at', values: network.buyPricePerKwh, color: 'c-red', dash: [7, 4], stepped: true });
      fixed.push({ label: 'root sells at', values: network.sellPricePerKwh, color: 'c-red', dash: [2, 4], stepped: true });
    }
    const spec = { group: 'hours', x: timeAxis, y: { label: unit, range: (min, max) => zeroRange(min, max) }, series: [] };
    const nodes = new Chart({ ...spec, title: `Price of ${name} at all nodes`, summary: `Mean ${digits(mean(fixed[1].values))} ${unit}.` });
    const parts = bound && new Chart({ ...spec, title: `What the price of ${name} is made of` });
    return { quantity, fixed, nodes, parts };
  });
  const heading = el('p', { class: 'faint' });
  node.append(heading);
  grid(node, ...shown.flatMap((one) => [one.nodes.figure, one.parts && one.parts.figure]));
  const refresh = () => {
    const id = choice.node ?? usual;
    if (bound) heading.textContent = `Parts: those at ${nodeName(id)}${choice.node === null ? ', where limits move the price most' : ''}.`;
    for (const { quantity, fixed, nodes, parts } of shown) {
      const { energy, voltage, flow, total } = prices.at(id, quantity);
      const chosen = choice.node === null ? [] : [{ label: nodeName(id), values: total, color: 'c-orange', stepped: true, width: 2.5 }];
      nodes.update({ series: [...fixed, ...chosen] });
      if (!parts) continue;
      parts.update({
        series: [
          { label: 'energy, as everywhere', values: energy, color: 'c-blue', stepped: true },
          { label: 'voltage limits', values: voltage, color: 'c-green', dash: [7, 4], stepped: true },
          { label: 'flow limits', values: flow, color: 'c-pink', dash: [2, 4], stepped: true },
          { label: 'price', values: total, color: 'c-ink', stepped: true, width: 2.5 },
        ],
      });
    }
  };
  listeners.push(refresh);
  redraws.push(refresh);
  node.append(
    dataTable(() => {
      const id = choice.node ?? usual;
      const columns = shown.flatMap(({ quantity }) => Object.entries(prices.at(id, quantity)).map(([part, values]) => [`#${quantity} ${part}`, values]));
      return table(['time', ...columns.map(([name]) => name)], hours.map((_, t) => [timeText(t), ...columns.map(([, values]) => digits(values[t], 4))]));
    }),
  );
}

/* Time. */

function timeSection() {
  const used = Object.entries(summary.stepSeconds || {}).filter(([, seconds]) => seconds > 0);
  if (used.length === 0) return;
  const node = section('Time', 'Added over all energy systems, so on several threads more than the time on the clock.');
  const total = used.reduce((sum, [, seconds]) => sum + seconds, 0);
  const rows = used
    .map(([name, seconds]) => ({
      label: (STEPS[name] || [name])[0],
      color: (STEPS[name] || [0, 'c-grey'])[1],
      value: (1000 * seconds) / Math.max(1, summary.iterations),
      more: percent(seconds / total),
    }))
    .sort((a, b) => b.value - a.value);
  const left = el('figure', {}, el('h3', {}, 'Mean per iteration'), bars(rows, 'ms'));
  // One bar an iteration as long as bars can be told apart.
  const barred = iterations && iterations.iteration.length < 400;
  const sums = iterations ? iterations.iteration.map((_, i) => used.reduce((sum, [name]) => sum + 1000 * (iterations[name + 'Seconds'][i] || 0), 0)) : [];
  const top = robustTop(sums);
  const chart =
    iterations && iterations.iteration.length > 1
      ? new Chart({
          title: 'By iteration',
          group: 'iterations',
          x: { label: 'iteration', values: iterations.iteration, end: barred ? iterations.iteration[iterations.iteration.length - 1] + 1 : undefined },
          y: { label: 'ms', range: (min, max) => zeroRange(min, top || max) },
          caption: cutText(sums, top),
          cut: { sums, top },
          series: used
            .sort((a, b) => b[1] - a[1])
            .map(([name]) => ({
              label: (STEPS[name] || [name])[0],
              color: (STEPS[name] || [0, 'c-grey'])[1],
              values: iterations[name + 'Seconds'].map((v) => 1000 * v),
              stack: 'up',
              stepped: barred,
            })),
        })
      : null;
  grid(node, left, chart && chart.figure);
}

/** The first iterations run before the virtual machine has compiled anything. */
function robustTop(sums) {
  const sorted = [...sums].sort((a, b) => a - b);
  return 1.15 * sorted[Math.ceil(0.99 * sorted.length) - 1];
}

/** Which bars are higher than the chart. */
function cutText(sums, top) {
  const cut = sums.map((sum, i) => [iterations.iteration[i], sum]).filter(([, sum]) => sum > top);
  if (cut.length === 0) return null;
  const told = cut.slice(0, 3).map(([iteration, sum]) => `iteration ${iteration} takes ${digits(sum, 3)} ms`);
  return `▲ cut: ${told.join(', ')}${cut.length > 3 ? ` and ${cut.length - 3} more` : ''}.`;
}

/* What each party saw, and how the run was set. */

function privacySection() {
  const entries = Object.entries(summary.visibility || {});
  if (entries.length === 0) return;
  const node = section('What each party saw');
  node.append(table(['party', 'sees'], entries));
}

function settingsSection() {
  const node = section('Settings');
  const words = (name) => name.replace(/([A-Z])/g, ' $1').toLowerCase();
  node.append(table(['setting', 'value'], Object.entries(summary.settings || {}).map(([name, value]) => [words(name), String(value)])));
  if ((summary.notices || []).length > 0) {
    node.append(el('h3', {}, 'Notices'), el('ul', {}, ...summary.notices.map((notice) => el('li', {}, notice))));
  }
  if (network.source) node.append(el('p', { class: 'faint' }, `Case data: ${network.source}.`));
  node.append(el('p', { class: 'faint' }, 'Drawn by dualgrid from summary.json, iterations.csv, dispatch.csv, costs.csv, prices.csv, ac.csv and network.json; charts by uPlot (MIT licence).'));
}

const prices = readPrices();
head();
answers();
const voltages = feeder();
dispatchSection();
voltageSection(voltages);
priceSection();
convergence();
timeSection();
privacySection();
settingsSection();
watch();
