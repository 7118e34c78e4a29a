// Tables of what a split comes to, and of several beside one another.

const MOST_PINS = 4;
const SHOWN_PROVINCES = 10;

// What a column of numbers may hold: digits, signs, a dash where there is none.
const NUMERIC = /^[\d.,+%\u2212\u2013 -]*$/;

/** Whether most rows are so. */
function mostly(rows, holds) {
  return 2 * rows.filter(holds).length > rows.length;
}

/** A table; columns of numbers stand to the right. */
function tableOf(headings, rows, caption) {
  const numeric = headings.map((_, place) => place > 0 && mostly(rows, (row) => NUMERIC.test(String(row[place]))));
  const cell = (tag, value, place, scope) => make(tag, { scope, class: numeric[place] ? "number" : null }, String(value));
  return make(
    "table",
    {},
    caption ? make("caption", {}, caption) : null,
    make("thead", {}, make("tr", {}, ...headings.map((heading, place) => cell("th", heading, place, "col")))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((value, place) => (place ? cell("td", value, place) : cell("th", value, place, "row")))))),
  );
}

/** Figures of the nation, each with its difference from the run. */
function showFigures(place, answer, base) {
  const rows = answer.figures.map((one) => {
    const before = base.figures.find((other) => other.key === one.key)?.value;
    const change = difference(one.value, before);
    return make(
      "div", { "data-figure": one.key },
      make("dt", {}, called(one)),
      make("dd", {}, make("span", { class: "value" }, one.value === null ? say("none") : telling(one.value)), make("span", { class: "unit" }, called(one, "unit"))),
      make("dd", { class: "change" }, one.value === null ? "" : change ? say("against_run", { change }) : say("as_run")),
    );
  });
  place.replaceChildren(...rows);
}

/** Figures of several answers; `columns` are pairs of a name and an answer, the run first. */
function figuresBeside(columns) {
  const rows = columns[0][1].figures.map((figure) => {
    const values = columns.map(([, answer]) => answer.figures.find((one) => one.key === figure.key)?.value ?? null);
    return [withUnit(called(figure), called(figure, "unit")), ...values.map((value) => (value === null ? say("none") : telling(value)))];
  });
  return tableOf([say("figure"), ...columns.map(([name]) => name)], rows, say("figures_beside"));
}

/** Provinces of several answers, those that differ most first. */
function provincesBeside(columns, measure, nameOf, every) {
  const how = MEASURES[measure];
  const rows = Object.keys(columns[0][1].provinces).map((code) => {
    const values = columns.map(([, answer]) => how.of(answer.provinces[code]));
    return { code, values, apart: Math.max(...values) - Math.min(...values) };
  });
  rows.sort((one, other) => other.apart - one.apart || one.code.localeCompare(other.code));
  const shown = rows.slice(0, every ? rows.length : SHOWN_PROVINCES);
  const caption = say("provinces_beside", { measure: say(`measure_${measure}`), unit: unitOf(measure) });
  const cells = shown.map(({ code, values, apart }) => [nameOf(code), ...values.map((value) => number(value, how.digits)), number(apart, how.digits)]);
  return tableOf([say("province"), ...columns.map(([name]) => name), say("apart")], cells, caption);
}
