// A chart: lines over the run's time as inline SVG, a legend that tells values, a table of them all.

import { clock, draw, fill, make, number, say } from "./dom.js";

const HEIGHT = 190, LEFT = 52, RIGHT = 10, TOP = 10, BOTTOM = 22;

// The smallest round number that is at least `value`.
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 0.9999);
}

function timeStep(span) {
  return [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].find((step) => span / step <= 6) || roundUp(span / 6);
}

export class Chart {
  // `lines` are {name, class, area}; column n of a row is the value of the n-th, column 0 its time.
  constructor(figure, title, lines, format) {
    this.lines = lines;
    this.format = format;
    this.rows = [];
    this.title = title;
    this.svg = draw("svg", { role: "img", height: HEIGHT });
    this.values = lines.map(() => make("b"));
    this.when = make("span", { class: "soft" });
    const legend = make("p", { class: "legend" }, ...lines.map((line, at) => this.entry(line, at)));
    this.table = make("tbody");
    const head = make("tr", {}, ...["at", ...lines.map((line) => line.name)].map((name, at) =>
      make("th", { scope: "col", class: at ? "n" : "" }, name)));
    const region = make("div", { class: "scroll low", role: "region", tabindex: "0", "aria-label": `${title}, as a table` },
      make("table", {}, make("thead", {}, head), this.table));
    this.details = make("details", {}, make("summary", {}, "As a table"), region);
    this.details.addEventListener("toggle", () => this.tell());
    figure.append(make("figcaption", {}, make("h2", {}, title), this.when), legend, this.svg, this.details);
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.read(null));
    new ResizeObserver(() => this.paint()).observe(figure);
  }

  entry(line, at) {
    const swatch = draw("svg", { width: 18, height: 10, "aria-hidden": "true" },
      draw("line", { class: `line ${line.class}`, x1: 0, x2: 18, y1: 5, y2: 5 }));
    return make("span", { class: "entry" }, swatch, ` ${line.name} `, this.values[at]);
  }

  show(rows, span, warmUp) {
    Object.assign(this, { rows, span: Math.max(span, 5), warmUp });
    this.paint();
    this.tell();
  }

  tell() {
    if (!this.details.open) return;
    fill(this.table, this.rows.toReversed().map(([at, ...values]) =>
      [clock(at), ...this.lines.map((_, n) => number(this.format(values[n])))]));
  }

  paint() {
    const width = this.svg.clientWidth;
    if (!width || !this.span) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const values = this.rows.flatMap((row) => row.slice(1, this.lines.length + 1)).filter((v) => v !== null);
    const top = roundUp(Math.max(...values, 0) || 1);
    this.x = (t) => LEFT + ((width - LEFT - RIGHT) * t) / this.span;
    const y = (v) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - v / top);
    const parts = [];
    if (this.warmUp > 0) {
      const until = this.x(Math.min(this.warmUp, this.span));
      parts.push(draw("rect", { class: "warm-up", x: LEFT, y: TOP, width: until - LEFT, height: HEIGHT - TOP - BOTTOM }));
      if (until - LEFT > 56) parts.push(this.text("warm-up", LEFT + 6, TOP + 14, "start"));
    }
    for (let n = 0; n <= 4; n++) {
      const value = (top * n) / 4;
      parts.push(draw("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }));
      if (n % 2 === 0) parts.push(this.text(n ? this.format(value) : "0", LEFT - 6, y(value) + 4, "end"));
    }
    const step = timeStep(this.span);
    for (let t = 0; t <= this.span; t += step) parts.push(this.text(clock(t), this.x(t), HEIGHT - 6, t ? "middle" : "start"));
    this.lines.forEach((line, n) => {
      const points = this.rows.filter((row) => row[n + 1] !== null).map((row) => `${this.x(row[0]).toFixed(1)},${y(row[n + 1]).toFixed(1)}`);
      if (!points.length) return;
      const first = points[0].split(",")[0], last = points.at(-1).split(",")[0];
      if (line.area) parts.push(draw("polygon", { class: `area ${line.class}`, points: `${first},${y(0)} ${points.join(" ")} ${last},${y(0)}` }));
      parts.push(draw("polyline", { class: `line ${line.class}`, points: points.join(" ") }));
    });
    this.cross = draw("line", { class: "cross", y1: TOP, y2: HEIGHT - BOTTOM, visibility: "hidden" });
    this.svg.replaceChildren(...parts, this.cross);
    this.read(this.pointed ?? null);
  }

  text(words, x, y, anchor) {
    return draw("text", { x, y, "text-anchor": anchor }, words);
  }

  point(event) {
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    const near = (row) => Math.abs(this.x(row[0]) - x);
    this.read(this.rows.length ? this.rows.reduce((best, row) => (near(row) < near(best) ? row : best))[0] : null);
  }

  // Tells the values at time `at`, or the latest that there are, in the legend.
  read(at) {
    this.pointed = at;
    const row = this.rows.find((one) => one[0] === at) || this.rows.findLast((one) => one[1] !== null);
    this.lines.forEach((_, n) => say(this.values[n], row ? this.format(row[n + 1]) : "–"));
    say(this.when, row ? `at ${clock(row[0])}` : "");
    if (at === null && row) {
      const told = this.lines.map((line, n) => `${line.name} ${this.format(row[n + 1])}`);
      this.svg.setAttribute("aria-label", `${this.title}. At ${clock(row[0])}: ${told.join(", ")}.`);
    } else if (!row) this.svg.setAttribute("aria-label", `${this.title}. Nothing yet.`);
    if (this.cross && at !== null && row) {
      for (const name of ["x1", "x2"]) this.cross.setAttribute(name, this.x(row[0]));
      this.cross.setAttribute("visibility", "visible");
    } else this.cross?.setAttribute("visibility", "hidden");
  }
}
