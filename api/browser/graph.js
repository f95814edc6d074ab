// Draws the nodes and lines of a result as SVG: d3-force places them, the style sheet colours them.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 6;
const STEPS = 300;
const MARGIN = 24;
const FEW_LINES = 15; // beyond that, their names would cover the picture; they stay in the list under it

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function place(nodes, lines, width) {
  const narrow = width < 600; // there the picture grows downwards
  forceSimulation(nodes)
    .force("lines", forceLink(lines).distance(narrow ? 60 : 110))
    .force("apart", forceManyBody().strength(narrow ? -240 : -320))
    .force("room", forceCollide(34))
    .force("x", forceX().strength(narrow ? 0.3 : 0.05))
    .force("y", forceY().strength(narrow ? 0.03 : 0.07))
    .stop()
    .tick(STEPS);
}

/** The shorter of the line's ends: it stops at the circle of its target. */
function end({ source, target }) {
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  const part = Math.max(0, length - RADIUS - 2) / length;
  return { x: source.x + (target.x - source.x) * part, y: source.y + (target.y - source.y) * part };
}

function draw(figure, { nodes, lines }) {
  place(nodes, lines, figure.clientWidth);
  const wide = (node) => 12 * node.label.length + RADIUS;
  const left = Math.min(...nodes.map((node) => node.x)) - MARGIN;
  const right = Math.max(...nodes.map((node) => node.x + wide(node))) + MARGIN;
  const top = Math.min(...nodes.map((node) => node.y)) - MARGIN;
  const bottom = Math.max(...nodes.map((node) => node.y)) + MARGIN;
  const marker = element(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    element("path", { d: "M0,0 L8,4 L0,8 z", class: "arrow" }),
  );
  const svg = element(
    "svg",
    { viewBox: [left, top, right - left, bottom - top].map(Math.round).join(" "), role: "group", "aria-label": figure.dataset.label },
    element("defs", {}, marker),
  );
  const named = lines.length <= FEW_LINES && new Set(lines.map((line) => line.label)).size > 1;
  for (const line of lines) {
    const to = end(line);
    const { x, y } = line.source;
    svg.append(element("line", { x1: x, y1: y, x2: to.x, y2: to.y, "marker-end": "url(#arrow)" }));
    if (named) {
      const text = element("text", { x: (x + to.x) / 2, y: (y + to.y) / 2, class: "line-label", "text-anchor": "middle" }, line.label);
      svg.append(text);
    }
  }
  for (const node of nodes) {
    const parts = [
      element("circle", { cx: node.x, cy: node.y, r: RADIUS }),
      element("text", { x: node.x + RADIUS + 3, y: node.y + 4 }, node.label),
    ];
    if (node.address) svg.append(element("a", { href: node.address }, ...parts));
    else svg.append(...parts);
  }
  figure.append(svg);
}

draw(document.getElementById("graph"), JSON.parse(document.getElementById("network").textContent));
