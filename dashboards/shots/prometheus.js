// Asks Prometheus as Grafana's data source does: steps, variables, formats, legends.
const SCRAPED_EVERY_S = 5; // as provisioning says of the data source
const SECONDS = { s: 1, m: 60, h: 3600, d: 86400 };
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

const seconds = (text) => (text ? parseFloat(text) * SECONDS[text.slice(-1)] : 0);

export async function framesOf(panel, shown, width) {
  const span = shown.to - shown.from;
  const fitting = STEPS.find((step) => step >= span / width) ?? 86400;
  const step = Math.max(fitting, seconds(panel.interval), SCRAPED_EVERY_S);
  const values = {
    ...shown.variables, __interval: `${step}s`, __range: `${Math.round(span)}s`,
    __rate_interval: `${Math.max(step + SCRAPED_EVERY_S, 4 * SCRAPED_EVERY_S)}s`,
  };
  const found = await Promise.all(panel.targets.map(async (target) => {
    const expr = target.expr.replace(/\$(\w+)/g, (_, name) => values[name]);
    return FORMATS[target.format](await ask(shown, expr, target, step), target, panel, expr);
  }));
  return found.flat();
}

async function ask(shown, query, target, step) {
  const aligned = (at) => Math.floor(at / step) * step;
  const when = target.instant
    ? { time: shown.to }
    : { start: aligned(shown.from), end: aligned(shown.to), step };
  const url = `${shown.prometheus}/api/v1/${target.instant ? 'query' : 'query_range'}`;
  const answer = await (await fetch(url, { method: 'POST', body: new URLSearchParams({ query, ...when }) })).json();
  if (answer.status !== 'success') throw new Error(`${answer.error}: ${query}`);
  const rows = answer.data.result.map((row) => ({ labels: row.metric, points: row.values ?? [row.value] }));
  return target.instant ? rows : rows.map((row) => ({ ...row, points: spread(row.points, when) }));
}

// A point for every step: where there is no sample, null.
function spread(points, { start, end, step }) {
  const there = new Map(points.map(([at, value]) => [at, value]));
  const all = [];
  for (let at = start; at <= end; at += step) all.push([at, there.get(at) ?? null]);
  return all;
}

const number = (text) => (text === null || text === 'NaN' ? null : Number(text.replace('Inf', 'Infinity')));

function legend(labels, target, expr) {
  if (target.legendFormat !== '__auto') {
    return target.legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => labels[name] ?? '');
  }
  const { __name__: name = '', ...others } = labels;
  const inside = Object.entries(others).map(([key, value]) => `${key}="${value}"`).join(', ');
  return inside ? `${name}{${inside}}` : name || expr;
}

const series = (rows, target, _, expr) => rows.map(({ labels, points }) => ({
  refId: target.refId,
  fields: [
    { name: 'Time', type: 'time', config: {}, values: points.map(([at]) => at * 1000) },
    {
      name: 'Value', type: 'number', labels, values: points.map(([, value]) => number(value)),
      config: { displayNameFromDS: legend(labels, target, expr) },
    },
  ],
}));

function table(rows, target, panel) {
  const names = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const all = rows.flatMap(({ labels, points }) => points.map(([at, value]) => ({ labels, at, value })));
  const value = panel.targets.length > 1 ? `Value #${target.refId}` : 'Value';
  return [{
    refId: target.refId,
    fields: [
      { name: 'Time', type: 'time', config: {}, values: all.map(({ at }) => at * 1000) },
      ...names.map((name) => ({
        name, type: 'string', config: {}, values: all.map(({ labels }) => labels[name] ?? ''),
      })),
      { name: value, type: 'number', config: {}, values: all.map((row) => number(row.value)) },
    ],
  }];
}

// Buckets from the lowest to the highest, each less what is in those below it.
function heatmap(rows, target, panel, expr) {
  const bound = ({ labels }) => number(labels.le.replace('+', ''));
  const sorted = [...rows].sort((a, b) => bound(a) - bound(b));
  const frames = series(sorted, target, panel, expr);
  const totals = frames.map((frame) => frame.fields[1].values);
  frames.forEach((frame, place) => {
    frame.fields[1].values = totals[place].map((value, at) =>
      value === null || !place ? value : Math.max(0, value - totals[place - 1][at]));
  });
  return frames;
}

const FORMATS = { time_series: series, table, heatmap };
