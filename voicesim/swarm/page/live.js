// Asks for the run's figures every two seconds and shows them.

import { Chart } from "./chart.js";
import { byId, clock, count, draw, fill, make, number, rate, say, seconds, share } from "./dom.js";
import { show } from "./ladder.js";

const EVERY_MS = 2000;
const PHASES = { none: "no run", ramp: "warm-up", steady: "calling", drain: "draining", over: "over" };
const SIGNS = { pass: "✓", fail: "✗", inconclusive: "?" };

const perSecond = (value) => (value === null || value === undefined ? "–" : `${rate(value)}/s`);
const arrivals = new Chart(byId("chart-arrivals"), "Calls arriving",
  [{ name: "arrived", class: "one", area: true }, { name: "asked", class: "two" }], perSecond);
const progress = new Chart(byId("chart-progress"), "Calls in progress",
  [{ name: "the most at once", class: "one", area: true }], (value) => (value === null ? "–" : count(Math.round(value))));
const response = new Chart(byId("chart-response"), "Response time of webhooks",
  [{ name: "p99", class: "four" }, { name: "p95", class: "three" }, { name: "p50", class: "one" }], seconds);

const tiles = new Map();
function tile(name, value, beside, mark = "") {
  if (!tiles.has(name)) {
    const parts = [make("dd"), make("dd", { class: "soft" })];
    byId("tiles").append(make("div", { class: "card" }, make("dt", {}, name), ...parts));
    tiles.set(name, parts);
  }
  const [large, small] = tiles.get(name);
  say(large, value).className = `large ${mark}`;
  say(small, beside);
}

function showVerdict({ verdict, final, headline, gates, notes }, state) {
  const unknown = state === "over" && !final;
  const word = unknown ? "no verdict" : `${SIGNS[verdict]} ${verdict}`;
  say(byId("verdict-when"), final ? "Verdict" : unknown ? "The run could not be judged" : "Verdict as it stands");
  say(byId("verdict-word"), word).className = unknown ? "inconclusive" : verdict;
  say(byId("verdict-line"), headline.replace(/^[A-Z]+: /, ""));
  const unmet = gates.filter((gate) => gate.verdict === "fail").map((gate) => gate.name.replaceAll("_", " "));
  say(byId("verdict-unmet"), unmet.length ? `Failed: ${unmet.join(", ")}` : "");
  document.title = `${word}${final || unknown ? "" : " so far"} · voicesim`;
  byId("verdict").className = `card edge ${verdict}`;
  const list = byId("notes");
  list.replaceChildren(...notes.map((note) => make("li", {}, `not to be trusted: ${note.text}`)));
  fill(byId("gates"), gates.map((gate) => [
    { text: `${SIGNS[gate.verdict]} ${gate.verdict}`, class: `nowrap ${gate.verdict}` },
    { text: gate.name.replaceAll("_", " "), class: "nowrap" },
    gate.why ? `${gate.measured}; ${gate.why}` : gate.measured, gate.bound]));
}

function showTiles({ now, calls: [all], arrivals: { rows }, findings, state }) {
  const over = all.goal + all.failed + all.unsettled, arrived = rows.at(-1);
  const found = (level) => findings.filter((one) => one.level === level).reduce((sum, one) => sum + one.count, 0);
  const errors = found("ERROR");
  const closed = state === "drain" || state === "over";
  const erlangs = closed ? all.erlangs : now.erlangs;
  tile("Arriving", closed || !arrived ? "–" : perSecond(arrived[2]), closed ? `${count(all.offered)} offered` : `asked ${perSecond(now.asked_per_s)}`);
  tile("In progress", count(all.in_progress), `${erlangs.toFixed(1)} erlangs offered`);
  tile("Reached their goal", count(all.goal), `${share(all.goal, over)} of ${count(over)} that are over`);
  tile("Failed", count(all.failed), share(all.failed, over), all.failed ? "fail" : "");
  tile("Unsettled", count(all.unsettled), "misheard, unclear, cut");
  tile("Dropped, lost", count(all.dropped + all.lost), `${count(all.dropped)} not started, ${count(all.lost)} lost`, all.dropped + all.lost ? "inconclusive" : "");
  tile("Response p95", seconds(now.p95_s), `p50 ${seconds(now.p50_s)}, p99 ${seconds(now.p99_s)}`);
  tile("ERROR findings", count(errors), `${count(found("WARNING"))} WARNING`, errors ? "fail" : "");
}

// A bar of what became of calls; the numbers stand beside it.
function bar(row) {
  const parts = [["goal", row.goal], ["bad", row.failed], ["unsettled", row.unsettled], ["busy", row.in_progress], ["gone", row.dropped + row.lost]];
  const whole = parts.reduce((sum, [, n]) => sum + n, 0) || 1;
  let x = 0;
  return draw("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...parts.filter(([, n]) => n).map(([name, n]) => {
      const width = (100 * n) / whole;
      x += width;
      return draw("rect", { class: name, x: x - width, width, height: 8 });
    }));
}

function showTables({ calls, findings, workers }) {
  fill(byId("callers"), calls.map((row, at) => [
    { text: row.scenario, class: at ? "nowrap" : "nowrap total" }, { text: row.persona, class: "nowrap" }, { node: bar(row), class: "share" },
    ...["offered", "in_progress", "goal", "failed", "unsettled", "dropped", "lost"].map((name) =>
      ({ text: count(row[name]), class: name === "failed" && row.failed ? "n fail" : "n" })),
    number(row.erlangs.toFixed(1))]));
  byId("findings-none").hidden = findings.length > 0;
  byId("findings-some").hidden = findings.length === 0;
  fill(byId("findings"), findings.map((one) => [
    { text: one.level, class: `nowrap ${one.level}` }, { text: one.code, class: "nowrap" },
    number(one.warm_up ? `${count(one.count)} (${count(one.warm_up)} in warm-up)` : count(one.count)),
    one.call === null ? one.message : `call ${one.call}: ${one.message}`]));
  fill(byId("workers"), workers.map((one) => [
    number(one.worker), { text: one.state, class: one.state === "lost" || one.state === "missing" ? "fail" : "" },
    number(`${Math.round(one.cpu_ratio * 100)} %`), number(one.state === "drained" ? "–" : `${one.report_age_s.toFixed(1)} s ago`)]));
}

function showRun(data) {
  say(byId("phase"), PHASES[data.state]);
  byId("phase").className = data.state;
  byId("none").hidden = data.state !== "none";
  byId("some").hidden = data.state === "none";
  if (data.state === "none") return;
  const { run, history } = data, span = run.elapsed_s;
  say(byId("elapsed"), clock(span));
  say(byId("about"), [`${run.workload} at ${run.target}`, run.build && `build ${run.build}`, `run ${run.id}`,
    `seed ${run.seed}`, `time scale ${run.time_scale}`].filter(Boolean).join(" · "));
  showVerdict(data.verdict, data.state);
  showTiles(data);
  arrivals.show(data.arrivals.rows.map(([at, asked, arrived]) => [at, arrived, asked]), span, run.warm_up_s);
  progress.show(history.map(([at, calls]) => [at, calls]), span, run.warm_up_s);
  response.show(history.map(([at, , , p50, p95, p99]) => [at, p99, p95, p50]), span, run.warm_up_s);
  showTables(data);
  for (const kind of ["failed", "good", "unsettled"]) show(byId(kind), data.ladders[kind]);
}

function trouble(words) {
  byId("trouble").hidden = !words;
  say(byId("trouble"), words);
}

async function ask() {
  try {
    const answer = await fetch("data", { redirect: "manual" });
    if (answer.type === "opaqueredirect") trouble("You are logged out: log in again and reload.");
    else if (!answer.ok) trouble(`The server answers with ${answer.status}.`);
    else {
      showRun(await answer.json());
      trouble("");
    }
  } catch (error) {
    trouble(error instanceof TypeError ? "No answer: is Locust still there?" : String(error));
  }
  setTimeout(ask, EVERY_MS);
}

ask();
