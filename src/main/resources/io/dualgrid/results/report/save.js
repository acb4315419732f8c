
/* Saving a chart as a picture: SVG drawn of what the chart shows, PNG made of that. */

/** The points of a layer in pixels of the picture; steps as corners. */
function pointsOf(chart, box, column, stepped) {
  const u = chart.uplot;
  const xs = u.data[0];
  const points = [];
  column.forEach((value, i) => {
    if (!known(value)) {
      if (value === null) points.push(null);
      return;
    }
    const at = [box.left + u.valToPos(xs[i], 'x'), box.top + u.valToPos(value, 'y')];
    const last = points[points.length - 1];
    if (stepped && last) points.push([at[0], last[1]]);
    points.push(at);
  });
  return points;
}

function pathOf(points) {
  return points.map((at, i) => (at ? `${points[i - 1] ? 'L' : 'M'}${at[0].toFixed(1)} ${at[1].toFixed(1)}` : '')).join('');
}

function drawnLayer(chart, box, i) {
  const { series, edge } = chart.layers[i];
  const stroke = color(series.color);
  const points = pointsOf(chart, box, chart.uplot.data[i + 1], series.stepped);
  if (edge === 'lower') return null;
  const firm = points.filter(Boolean);
  if (edge === 'upper') {
    const low = pointsOf(chart, box, chart.uplot.data[i + 2], series.stepped).filter(Boolean).reverse();
    return svg('path', { d: pathOf([...firm, ...low]) + 'Z', fill: stroke, 'fill-opacity': 0.25 });
  }
  if (series.stack && firm.length > 0) {
    const zero = box.top + chart.uplot.valToPos(0, 'y');
    const ends = [[firm[firm.length - 1][0], zero], [firm[0][0], zero]];
    return svg('path', { d: pathOf([...firm, ...ends]) + 'Z', fill: series.hatched ? `url(#hatched-${series.color})` : stroke, stroke });
  }
  if (single(series) && firm.length > 0) return svg('circle', { cx: firm[0][0], cy: firm[0][1], r: 4.5, fill: stroke });
  return svg('path', { d: pathOf(points), fill: 'none', stroke, 'stroke-width': series.width || 2, 'stroke-dasharray': (series.dash || []).join(' ') });
}

function hatching(series) {
  const shade = color(series.color);
  return svg(
    'pattern',
    { id: `hatched-${series.color}`, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: 6, height: 6, fill: color('paper') }),
    svg('rect', { width: 2.5, height: 6, fill: shade }),
  );
}

/** The chart with its title, axes and legend, as SVG that needs nothing else. */
function picture(chart) {
  const u = chart.uplot;
  const ratio = u.ctx.canvas.width / u.width;
  const head = 26;
  const box = { left: u.bbox.left / ratio, top: head + u.bbox.top / ratio, width: u.bbox.width / ratio, height: u.bbox.height / ratio };
  const [ink, faint, rule] = [color('ink'), color('faint'), color('rule')];
  const parts = [svg('text', { x: 8, y: 17, fill: ink, 'font-size': 14, 'font-weight': 600 }, chart.spec.title)];
  u.axes.forEach((axis, side) => {
    (axis._splits || []).forEach((split, i) => {
      const text = (axis._values || [])[i];
      if (split === null || text === null || text === undefined || text === '') return;
      const at = side === 0 ? box.left + u.valToPos(split, 'x') : box.top + u.valToPos(split, 'y');
      const d = side === 0 ? `M${at} ${box.top}v${box.height + 4}` : `M${box.left - 4} ${at}h${box.width + 4}`;
      const place = side === 0 ? { x: at, y: box.top + box.height + 17, 'text-anchor': 'middle' } : { x: box.left - 7, y: at + 4, 'text-anchor': 'end' };
      parts.push(svg('path', { d, stroke: rule }), svg('text', { ...place, fill: faint }, String(text)));
    });
  });
  const middle = box.top + box.height / 2;
  parts.push(
    svg('text', { x: box.left + box.width / 2, y: box.top + box.height + 34, fill: faint, 'text-anchor': 'middle' }, chart.spec.x.label),
    svg('text', { x: 12, y: middle, fill: faint, 'text-anchor': 'middle', transform: `rotate(-90 12 ${middle})` }, chart.unit()),
  );
  const layers = chart.layers.map((_, i) => drawnLayer(chart, box, i)).filter(Boolean);
  parts.push(svg('g', { 'clip-path': 'url(#plot)' }, ...layers));
  let x = 8;
  let y = box.top + box.height + 58;
  const shown = chart.spec.series.filter((series) => !chart.hidden.has(series.label));
  for (const series of shown) {
    const wide = 36 + 6.8 * series.label.length;
    if (x > 8 && x + wide > u.width) {
      x = 8;
      y += 18;
    }
    const mark = swatch(series);
    setAll(mark, { x, y: y - 10, overflow: 'hidden' });
    mark.innerHTML = mark.innerHTML.replaceAll(`var(--${series.color})`, color(series.color));
    parts.push(mark, svg('text', { x: x + 27, y, fill: ink }, series.label));
    x += wide;
  }
  const size = { width: u.width, height: y + 10 };
  const hatches = new Map(shown.filter((one) => one.hatched).map((one) => [one.color, one]));
  const defs = svg('defs', {}, svg('clipPath', { id: 'plot' }, svg('rect', { x: box.left, y: box.top, width: box.width, height: box.height })), ...[...hatches.values()].map(hatching));
  const all = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${size.width} ${size.height}`, 'font-family': 'system-ui, DejaVu Sans, sans-serif', 'font-size': 12 }, defs, svg('rect', { ...size, fill: color('paper') }), ...parts);
  return { text: new XMLSerializer().serializeToString(all), ...size };
}

function download(name, url) {
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

function svgUrl(text) {
  return 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
}

function fileName(chart) {
  return chart.spec.title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function saveSvg(chart) {
  download(`${fileName(chart)}.svg`, svgUrl(picture(chart).text));
}

/** Three times as many points as on the screen, enough for paper. */
function savePng(chart) {
  const { text, width, height } = picture(chart);
  const image = new Image();
  image.addEventListener('load', () => {
    const canvas = el('canvas', { width: 3 * width, height: 3 * height });
    canvas.getContext('2d').drawImage(image, 0, 0, 3 * width, 3 * height);
    download(`${fileName(chart)}.png`, canvas.toDataURL('image/png'));
  });
  image.src = svgUrl(text);
}

function saveButtons(chart) {
  const button = (name, save) => {
    const made = el('button', { type: 'button', 'aria-label': `save ${chart.spec.title} as ${name}` }, name);
    made.addEventListener('click', () => save(chart));
    return made;
  };
  return el('div', { class: 'save' }, button('SVG', saveSvg), button('PNG', savePng));
}
