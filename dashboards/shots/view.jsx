// Draws one dashboard with the components that Grafana itself draws panels with. The heat map and
// the scatter are plugins of Grafana's server and in no library: a stand-in draws these two.
// ?prometheus=URL&from=S&to=S&theme=dark&variables=JSON; the dashboard is board.json beside the page.
import React from 'react';
import 'uplot/dist/uPlot.min.css';
import { createRoot } from 'react-dom/client';
import {
  ThemeContext, createTheme, dateTime, getDisplayProcessor, getDisplayValueAlignmentFactors,
  getFieldDisplayValues, standardTransformers, standardTransformersRegistry, toDataFrame, transformDataFrame,
} from '@grafana/data';
import { BarGauge, BigValue, GlobalStyles, PanelChrome, Table, TimeSeries } from '@grafana/ui';
import { Against, Heat } from './plugins.jsx';
import { framesOf } from './prometheus.js';

const asked = new URLSearchParams(location.search);
const theme = createTheme({ colors: { mode: asked.get('theme') } });
const shown = {
  from: Number(asked.get('from')), to: Number(asked.get('to')), prometheus: asked.get('prometheus'),
  variables: JSON.parse(asked.get('variables')),
};
const timeRange = { from: dateTime(shown.from * 1000), to: dateTime(shown.to * 1000), raw: {} };
const same = (value) => value;
const CELL = { width: (1600 - 16) / 24, height: 38, gap: 8 };

const once = new Map(Object.values(standardTransformers).map((one) => [one.id, one])); // some have two names
standardTransformersRegistry.setInit(() =>
  [...once].map(([id, transformation]) => ({ id, name: id, transformation })));

async function load(panel, width) {
  const frames = (await framesOf(panel, shown, width)).map((frame) => toDataFrame(frame));
  const made = await new Promise((done, failed) =>
    transformDataFrame(panel.transformations ?? [], frames, { interpolate: same })
      .subscribe({ next: done, error: failed }));
  made.forEach((frame, place) => frame.fields.forEach((field) => configure(panel, field, place)));
  return made;
}

// What Grafana's panel model does to every field before a component sees it.
function configure(panel, field, place) {
  const { defaults, overrides = [] } = panel.fieldConfig;
  const name = field.config.displayNameFromDS ?? field.name;
  const numbers = field.values.filter(Number.isFinite);
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  field.config = { ...defaults, ...field.config, custom: { ...defaults.custom } };
  for (const { matcher, properties } of overrides) {
    if (matcher.id !== 'byName' || matcher.options !== name) continue;
    for (const { id, value } of properties) {
      if (id.startsWith('custom.')) field.config.custom[id.slice(7)] = value;
      else field.config[id] = value;
    }
  }
  const steps = field.config.thresholds.steps;
  field.config.thresholds = {
    ...field.config.thresholds, steps: steps.map((step) => ({ ...step, value: step.value ?? -Infinity })),
  };
  field.config.color ??= { mode: panel.type === 'table' ? 'thresholds' : 'palette-classic' };
  field.state = { ...field.state, seriesIndex: place, range: { min, max, delta: max - min } };
  field.display = getDisplayProcessor({ field, theme, timeZone: 'utc' });
}

const values = (panel, frames) => getFieldDisplayValues({
  fieldConfig: { defaults: {}, overrides: [] }, reduceOptions: panel.options.reduceOptions,
  replaceVariables: same, data: frames, theme, timeZone: 'utc',
});

// Bars of one panel share a scale, as wide as the highest of them.
function bars(panel, frames, width, height) {
  const all = values(panel, frames);
  const max = Math.max(...all.map(({ display }) => display.numeric));
  const alike = getDisplayValueAlignmentFactors(all);
  return split(all, width, height, false, (value, w, h) => (
    <BarGauge value={value.display} width={w} height={h} theme={theme}
      field={{ ...value.field, min: 0, max: panel.fieldConfig.defaults.max ?? max }}
      orientation={panel.options.orientation} displayMode={panel.options.displayMode}
      text={panel.options.text} alignmentFactors={alike} itemSpacing={8} lcdCellWidth={12}
      showUnfilled={panel.options.showUnfilled} />
  ));
}

// Several values share the panel: beside one another, or one bar below the other.
function split(found, width, height, across, draw) {
  const size = across ? [width / found.length, height] : [width, Math.min(height / found.length, 60)];
  return (
    <div style={{ display: 'flex', flexDirection: across ? 'row' : 'column', gap: across ? 0 : 10 }}>
      {found.map((value, number) => <div key={number}>{draw(value, size[0] - 4, size[1] - 10)}</div>)}
    </div>
  );
}

const KINDS = {
  timeseries: (panel, frames, width, height) => (
    <TimeSeries frames={frames} timeRange={timeRange} timeZone="utc" width={width} height={height}
      legend={panel.options.legend} options={panel.options} tweakScale={same} tweakAxis={same}
      replaceVariables={same} />
  ),
  stat: (panel, frames, width, height) => split(values(panel, frames), width, height, true,
    (value, w, h) => <BigValue value={value.display} width={w} height={h} theme={theme}
      colorMode={panel.options.colorMode} graphMode={panel.options.graphMode}
      textMode={panel.options.textMode} justifyMode={panel.options.justifyMode} />),
  bargauge: bars,
  table: (panel, frames, width, height) => (
    <Table data={frames[0]} width={width} height={height} initialSortBy={panel.options.sortBy} />
  ),
  heatmap: (panel, frames, width, height) => <Heat {...{ panel, frames, width, height, theme, shown }} />,
  xychart: (panel, frames, width, height) => <Against {...{ panel, frames, width, height, theme }} />,
};

const report = (window.__panels = []);

function Panel({ panel, width, height }) {
  const [frames, setFrames] = React.useState(null);
  const [trouble, setTrouble] = React.useState('');
  React.useEffect(() => {
    load(panel, width)
      .then((found) => { report.push({ title: panel.title, series: found.length }); setFrames(found); })
      .catch((error) => { report.push({ title: panel.title, error: String(error) }); setTrouble(String(error)); });
  }, []);
  const body = (inner, tall) => {
    if (trouble) return <pre style={{ color: theme.colors.error.text }}>{trouble}</pre>;
    if (!frames) return null;
    if (!frames.some((frame) => frame.length)) {
      const style = { height: tall, display: 'flex', alignItems: 'center', justifyContent: 'center' };
      return <div style={style}>{panel.fieldConfig.defaults.noValue ?? 'No data'}</div>;
    }
    return KINDS[panel.type](panel, frames, inner, tall);
  };
  return (
    <PanelChrome width={width} height={height} title={panel.title} description={panel.description}>
      {body}
    </PanelChrome>
  );
}

function Placed({ panel }) {
  const { x, y, w, h } = panel.gridPos;
  const [width, height] = [w * CELL.width - CELL.gap, h * CELL.height - CELL.gap];
  const style = { position: 'absolute', left: x * CELL.width, top: y * CELL.height, width, height };
  if (panel.type === 'row') return <div style={{ ...style, fontWeight: 500, paddingTop: 4 }}>⌄ {panel.title}</div>;
  return <div style={style}><Panel panel={panel} width={width} height={height} /></div>;
}

const board = await (await fetch('board.json')).json();
window.__wanted = board.panels.filter((panel) => panel.type !== 'row').length;
const tall = Math.max(...board.panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * CELL.height;
const said = Object.entries(shown.variables).map(([name, value]) => `${name}: ${value === '.*' ? 'All' : value}`);
createRoot(document.getElementById('root')).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <div style={{ background: theme.colors.background.canvas, color: theme.colors.text.primary, padding: 8 }}>
      <h3 style={{ margin: 8 }}>{board.title} <small style={{ opacity: 0.7 }}>{said.join(' · ')}</small></h3>
      <div style={{ position: 'relative', height: tall }}>
        {board.panels.map((panel, number) => <Placed key={number} panel={panel} />)}
      </div>
    </div>
  </ThemeContext.Provider>,
);
