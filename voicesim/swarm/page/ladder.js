// Calls as ladders: a list of calls, each opened on demand, its lines dressed by what they are about.

import { make } from "./dom.js";

// A line as results write it: the time in 11 columns (or blanks), then a mark or a finding's level.
// What an agent sent stands further right: more blanks than before any time, so that it cannot pass
// for either.
const KINDS = [
  ["sent", /^ {0,3}\d+\.\d\d s {2}--> (.*)$/],
  ["came", /^ {0,3}\d+\.\d\d s {2}<-- (.*)$/],
  ["agent", /^ {0,3}\d+\.\d\d s {2}agent {2}(.*)$/],
  ["caller", /^ {0,3}\d+\.\d\d s {2}caller (.*)$/],
  ["ended", /^ {0,3}\d+\.\d\d s {2}(.*)$/],
  ["ERROR", /^ {11}(ERROR .*)$/],
  ["WARNING", /^ {11}(WARNING .*)$/],
  ["NOTICE", /^ {11}(NOTICE .*)$/],
  ["body", /^ {11,15}(.*)$/],
  ["body", /^(.*)$/],
];
const REASONS = {
  404: "This call is not kept any more: others took its place.",
  none: "No answer: is Locust still there?",
  other: "This call cannot be had now. Load the page anew: you may have to log in.",
};
const WORDS = { sent: "→", came: "←", agent: "agent", caller: "caller" };

function line(text) {
  const [kind, found] = KINDS.map(([name, form]) => [name, form.exec(text)]).find(([, match]) => match);
  const at = /^ {0,3}(\d+\.\d\d s)/.exec(text);
  return rung(kind, at ? at[1] : "", found[1]);
}

function rung(kind, at, said) {
  return make("li", { class: kind }, make("span", { class: "at" }, at),
    make("span", { class: "who" }, WORDS[kind] || ""), make("span", { class: "said" }, said));
}

function fields(call) {
  const told = call.fields.filter((field) => field.meant);
  if (!told.length) return [];
  const row = (field) => make("tr", {}, make("th", { scope: "row" }, field.name),
    ...["meant", "reported", "heard"].map((name) => make("td", {}, field[name] || "–")));
  const head = ["", "meant", "reported to the agent", "heard from it"];
  return [make("table", { class: "fields" },
    make("thead", {}, make("tr", {}, ...head.map((name) => name ? make("th", { scope: "col" }, name) : make("td")))),
    make("tbody", {}, ...told.map(row)))];
}

async function open(details, place) {
  const number = details.dataset.call;
  const answer = await fetch(`data?call=${encodeURIComponent(number)}`, { redirect: "manual" }).catch(() => ({ status: "none" }));
  if (!answer.ok) {
    place.replaceChildren(make("p", {}, REASONS[answer.status] || REASONS.other));
    return;
  }
  const call = await answer.json();
  const turns = `${call.turns} ${call.turns === 1 ? "turn" : "turns"}, ${call.length_s.toFixed(1)} s on the call's own clock`;
  place.replaceChildren(
    make("div", {}, make("p", { class: "soft" }, `${turns}. The last exchanges are kept.`), ...fields(call)),
    make("ol", { class: "ladder" }, ...call.transcript.map(line), rung("ended", "", `${call.outcome}: ${call.why}`)));
}

function item(call) {
  const place = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Ladder of call ${call.call}` });
  const details = make("details", { "data-call": call.call },
    make("summary", {},
      make("b", {}, `${call.scenario}, ${call.persona}`),
      make("span", { class: "soft" }, ` call ${call.call} `),
      make("span", { class: `outcome ${call.outcome === "goal_reached" ? "pass" : ""}` }, call.outcome),
      ...call.errors.map((code) => make("span", { class: "outcome fail" }, code))),
    place);
  details.addEventListener("toggle", () => details.open && open(details, place));
  return make("li", {}, details);
}

// Has `list` show `calls`. Nothing moves under who points at it, is in it by keyboard or reads in it.
export function show(list, calls) {
  const there = [...list.querySelectorAll("details")];
  if (there.length && (list.matches(":hover, :focus-within") || there.some((one) => one.open))) return;
  const kept = new Map(there.map((one) => [Number(one.dataset.call), one.parentNode]));
  const wanted = calls.map((call) => kept.get(call.call) || item(call));
  list.replaceChildren(...(wanted.length ? wanted : [make("li", { class: "empty soft" }, "None yet.")]));
}
