// The legend of map and bars.

/** What the colours mean, and what a ghost and a hollow square are. */
function showLegend(place, rows, measure, hollow) {
  const how = MEASURES[measure];
  const swatch = (colour, said) => make("li", {}, draw("svg", { width: 14, height: 14, class: "swatch", "aria-hidden": "true" }, draw("rect", { width: 14, height: 14, fill: colour }), said.hatched ? draw("rect", { width: 14, height: 14, fill: `url(#deficit-${inkName(inkOn(colour))})` }) : null), said.text);
  const items = how.classes
    ? classes.said.filter((one) => rows.some((row) => row.colour === one.colour)).map((one) => swatch(one.colour, { text: called(one), hatched: one.deficit }))
    : stepsSaid(how, rows).map(([colour, text]) => swatch(colour, { text }));
  place.replaceChildren(...items, make("li", { class: "sign ghost-sign" }, say("legend_ghost")), ...(hollow ? [make("li", { class: "sign hollow-sign" }, say("legend_hollow"))] : []));
}

function stepsSaid(how, rows) {
  const [low, high] = rows[0].range;
  if (high <= low) return [[how.steps[Math.floor(how.steps.length / 2)], number(low, how.digits)]];
  const edge = (step) => number(low + ((high - low) * step) / how.steps.length, how.digits);
  return how.steps.map((colour, step) => [colour, say("between", { low: edge(step), high: edge(step + 1) })]);
}
