// Small helpers. Whatever comes from a run is put into the page as text, never as markup.

export const byId = (id) => document.getElementById(id);

// Puts text into a node, only where it changes: what is selected or read aloud stays as it is.
export function say(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
  return node;
}

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Makes `body` have a row of cells for each of `rows`. A cell is a text, {text, class} or {node}.
export function fill(body, rows) {
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach((cells, at) => {
    const row = body.rows[at] || body.insertRow();
    cells.forEach((cell, column) => {
      const place = row.cells[column] || row.insertCell();
      const { text = cell, node, class: name = "" } = cell !== null && typeof cell === "object" ? cell : {};
      if (place.className !== name) place.className = name;
      if (node) place.replaceChildren(node);
      else say(place, text);
    });
  });
}

export const count = (n) => n.toLocaleString("en");
export const number = (text) => ({ text, class: "n" });

export function seconds(s) {
  if (s === null || s === undefined) return "–";
  if (s < 0.9995) return `${(s * 1000).toFixed(s < 0.01 ? 1 : 0)} ms`;
  return `${s.toFixed(s < 10 ? 2 : 1)} s`;
}

export function clock(s) {
  const whole = Math.floor(s), minutes = Math.floor(whole / 60) % 60, hours = Math.floor(whole / 3600);
  const two = (n) => String(n).padStart(2, "0");
  return (hours ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(whole % 60)}`;
}

export const share = (part, whole) => (whole ? `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %` : "–");

export const rate = (perSecond) => perSecond.toFixed(perSecond < 10 ? 2 : 1);
