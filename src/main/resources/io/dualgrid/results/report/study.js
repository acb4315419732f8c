
/* A study: what its chains come to, and bands over the repetitions of each day. */

const study = JSON.parse(document.getElementById('data').textContent);
const page = document.getElementById('page');

const WORDS = {
  cost: 'cost',
  importKwh: 'energy bought',
  exportKwh: 'energy sold',
  peakImportKw: 'largest power bought',
  storedKwh: 'energy in stores at the end of the day',
  voltageMinPu: 'lowest voltage',
  voltageMaxPu: 'highest voltage',
};

/** A day by its number, and its date where it is known. */
function dayText(k) {
  return `day ${k + 1}` + (study.begins.length > 0 ? `, ${study.begins[k].slice(0, 10)}` : '');
}

function count(number, one, many) {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

function head() {
  const { iterations } = study.summary;
  const saved = known(iterations.saved)
    ? `; ${percent(iterations.saved)} of the iterations saved by the day before, on ${count(iterations.comparedDays, 'day', 'days')} run both ways`
    : '';
  page.append(
    el('h1', {}, study.summary.study),
    el(
      'p',
      { class: 'faint' },
      `${study.summary.case}, ${count(study.summary.chains, 'chain', 'chains')} of ${count(study.summary.days, 'day', 'days')}, ` +
        `${study.summary.failedDays === 0 ? 'none failed' : count(study.summary.failedDays, 'day has failed', 'days have failed')}` +
        `; ${digits(iterations.mean, 3)} iterations a day${saved}`,
    ),
  );
}

/** Of whole chains; where a figure does not add up, of all days. */
function totals(scenario) {
  const rows = Object.entries(scenario.totals).map(([name, of]) => [
    WORDS[name],
    of.unit,
    ...['mean', 'min', 'q05', 'q50', 'q95', 'max'].map((key) => digits(of[key])),
  ]);
  return table(['', 'unit', '#mean', '#least', '#5 %', '#median', '#95 %', '#most'], rows);
}

function chart(scenario, name, unit, values) {
  const days = values.q50.map((_, k) => k + 1);
  const median = { label: scenario.repetitions > 1 ? 'median' : WORDS[name], values: values.q50, color: 'c-blue', gaps: true };
  const bands = [
    { label: '5 % to 95 %', values: values.q95, band: values.q05, color: 'c-blue' },
    { label: '25 % to 75 %', values: values.q75, band: values.q25, color: 'c-blue' },
  ];
  return new Chart({
    title: WORDS[name],
    x: { label: 'day', values: days, text: dayText },
    y: { label: unit },
    series: scenario.repetitions > 1 ? [...bands, median] : [median],
    group: 'days ' + scenario.name,
  }).figure;
}

function section(scenario) {
  const node = el('section', {}, el('h2', {}, scenario.name));
  page.append(node);
  node.append(
    el(
      'p',
      { class: 'faint' },
      `${count(scenario.repetitions, 'repetition', 'repetitions')}; cost and energies of whole chains, the others of all days. ` +
        'What failed is left out.',
    ),
    totals(scenario),
  );
  const bands = study.bands[scenario.name];
  node.append(
    el('div', { class: 'grid' }, ...Object.entries(bands).map(([name, of]) => chart(scenario, name, of.unit, of))),
  );
}

head();
study.summary.scenarios.forEach(section);
page.append(el('p', { class: 'faint' }, 'Drawn by dualgrid; charts by uPlot (MIT licence).'));
watch();
