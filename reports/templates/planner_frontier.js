// Cost against fairness as a chart: points that were found, the run, and "you are here".

const FRAME = { width: 340, height: 240, left: 58, right: 14, top: 14, bottom: 44 };

/** A chart of points `{cost, unfairness, label}`, joined in their order; `names` are those of its axes. */
function drawFrontier(place, points, here, run, names) {
  const every = [...points, here, run].filter(Boolean);
  const x = axis(every.map((point) => point.unfairness), FRAME.left, FRAME.width - FRAME.right);
  const y = axis(every.map((point) => point.cost), FRAME.height - FRAME.bottom, FRAME.top);
  const at = (point) => `${x.to(point.unfairness).toFixed(1)},${y.to(point.cost).toFixed(1)}`;
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${FRAME.width} ${FRAME.height}`, class: "frontier", role: "img", "aria-label": frontierWords(points, here) },
    ...ticks(x, y, names),
    draw("polyline", { points: points.map(at).join(" "), class: "line" }),
    ...points.map((point) => draw("circle", { cx: x.to(point.unfairness), cy: y.to(point.cost), r: 3.2, class: "point" }, draw("title", {}, point.label))),
  );
  if (run) svg.append(draw("rect", { x: x.to(run.unfairness) - 5, y: y.to(run.cost) - 5, width: 10, height: 10, class: "run" }, draw("title", {}, say("the_run"))));
  if (here) svg.append(...youAreHere(x.to(here.unfairness), y.to(here.cost)));
  place.replaceChildren(svg);
}

function youAreHere(across, down) {
  const left = across > FRAME.width / 2;
  const low = down < FRAME.top + 24;
  return [
    draw("circle", { cx: across, cy: down, r: 7, class: "here" }),
    draw("text", { x: across + (left ? -11 : 11), y: down + (low ? 18 : -9), class: left ? "here-label left" : "here-label" }, say("you_are_here")),
  ];
}

/** A scale from numbers to pixels with some room at both ends. */
function axis(values, from, to) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || Math.abs(most) || 1) * 0.08;
  const [low, high] = [least - room, most + room];
  const step = niceStep((high - low) / 4);
  const marks = [];
  for (let mark = Math.ceil(low / step) * step; mark <= high; mark += step) marks.push(mark);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { to: (value) => from + ((value - low) / (high - low)) * (to - from), marks, digits };
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= rough);
}

function ticks(x, y, names) {
  const bottom = FRAME.height - FRAME.bottom;
  return [
    ...x.marks.map((mark) => draw("text", { x: x.to(mark), y: bottom + 15, class: "tick" }, number(mark, x.digits))),
    ...y.marks.flatMap((mark) => [
      draw("line", { x1: FRAME.left, x2: FRAME.width - FRAME.right, y1: y.to(mark), y2: y.to(mark), class: "grid" }),
      draw("text", { x: FRAME.left - 5, y: y.to(mark) + 4, class: "tick left" }, number(mark, y.digits)),
    ]),
    draw("text", { x: (FRAME.left + FRAME.width - FRAME.right) / 2, y: FRAME.height - 8, class: "tick" }, names.x),
    draw("text", { x: 12, y: (FRAME.top + bottom) / 2, class: "tick turned" }, names.y),
  ];
}

/** What the chart says to who cannot see it. */
function frontierWords(points, here) {
  const first = points[0], last = points[points.length - 1];
  const said = points.length
    ? say("frontier_alt", { count: points.length, cheap: telling(Math.min(first.cost, last.cost)), dear: telling(Math.max(first.cost, last.cost)) })
    : "";
  return here ? `${said} ${say("frontier_here", { cost: telling(here.cost), unfair: telling(here.unfairness) })}` : said;
}
