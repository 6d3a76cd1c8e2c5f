// Stand-ins for the two plugins that only Grafana's server has: plain SVG in Grafana's colours.
import React from 'react';

const LEFT = 56, BELOW = 34, TOP = 8;

function Axes({ theme, width, height, across, up }) {
  const text = { fill: theme.colors.text.secondary, fontSize: 12, fontFamily: theme.typography.fontFamily };
  const grid = { stroke: theme.colors.border.weak, strokeWidth: 1 };
  return (
    <g>
      {up.map(({ at, label }) => (
        <g key={at}>
          <line x1={LEFT} x2={width} y1={at} y2={at} {...grid} />
          <text x={LEFT - 6} y={at + 4} textAnchor="end" {...text}>{label}</text>
        </g>
      ))}
      {across.map(({ at, label }) => (
        <text key={at} x={at} y={height - BELOW + 16} textAnchor="middle" {...text}>{label}</text>
      ))}
    </g>
  );
}

const clock = (ms) => new Date(ms).toISOString().slice(11, 19);

// Each frame is a bucket, lowest first; the darker a cell, the more is in it.
export function Heat({ panel, frames, width, height, theme, shown }) {
  const rows = frames.map((frame) => frame.fields[1].values);
  const used = rows.map((row, place) => (row.some((value) => value > 0) ? place : -1)).filter((p) => p >= 0);
  const [low, high] = [Math.min(...used), Math.max(...used)];
  const times = frames[0].fields[0].values;
  const most = Math.max(...rows.flat());
  const tall = (height - BELOW - TOP) / (high - low + 1);
  const wide = (width - LEFT) / times.length;
  const { exponent, fill } = panel.options.color;
  const colour = theme.visualization.getColorByName(fill);
  const bottom = (place) => TOP + (high - place + 1) * tall;
  const up = [];
  for (let place = low; place <= high; place += Math.ceil((high - low + 1) / 8)) {
    up.push({ at: bottom(place) - tall, label: frames[place].fields[1].config.displayNameFromDS });
  }
  const across = times.filter((_, at) => at % Math.ceil(times.length / 6) === 0)
    .map((ms) => ({ at: LEFT + wide * (times.indexOf(ms) + 0.5), label: clock(ms) }));
  return (
    <svg width={width} height={height}>
      <Axes {...{ theme, width, height, across, up }} />
      {rows.flatMap((row, place) => row.map((value, at) => value > 0 && (
        <rect key={`${place} ${at}`} x={LEFT + at * wide} y={bottom(place) - tall} width={wide - 1}
          height={tall - 1} fill={colour} opacity={(value / most) ** exponent} />
      )))}
    </svg>
  );
}

// The second number of the joined frame over the first.
export function Against({ frames, width, height, theme }) {
  const [x, y] = frames[0].fields.filter(({ type }) => type === 'number');
  const points = x.values.map((value, at) => [value, y.values[at]]).filter(([a, b]) => a !== null && b !== null);
  const [right, top] = [x, y].map((_, axis) => 1.05 * Math.max(...points.map((point) => point[axis])));
  const placed = ([a, b]) => [
    LEFT + (a / right) * (width - LEFT - 8), height - BELOW - (b / top) * (height - BELOW - TOP),
  ];
  const parts = [0, 0.25, 0.5, 0.75, 1];
  const label = (field, value) => { const { text, suffix = '' } = field.display(value); return text + suffix; };
  const across = parts.map((part) => ({ at: placed([part * right, 0])[0], label: label(x, part * right) }));
  const up = parts.map((part) => ({ at: placed([0, part * top])[1], label: label(y, part * top) }));
  return (
    <svg width={width} height={height}>
      <Axes {...{ theme, width, height, across, up }} />
      {points.map((point, at) => {
        const [cx, cy] = placed(point);
        return <circle key={at} cx={cx} cy={cy} r={4} opacity={0.7} fill={theme.visualization.getColorByName('green')} />;
      })}
    </svg>
  );
}
