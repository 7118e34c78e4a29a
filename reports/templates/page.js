"use strict";
(() => {
  const specifications = JSON.parse(document.getElementById("specifications").textContent);
  const options = { actions: false, renderer: "svg", tooltip: { theme: "light" }, logLevel: 1 };

  async function draw(place) {
    try {
      const drawn = await vegaEmbed(place, specifications[place.dataset.chart], options);
      place.drawnChart = drawn.view;
      place.dataset.state = "drawn";
    } catch (error) {
      place.dataset.state = "failed";
      place.textContent = place.dataset.failed;
      console.error(place.dataset.chart, error);
    }
    // Vega names the drawing inside; the place already has that name.
    place.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  }

  function compare(one, other) {
    const numbers = [Number(one.dataset.sort), Number(other.dataset.sort)];
    if ("sort" in one.dataset && "sort" in other.dataset) return numbers[0] - numbers[1];
    return one.textContent.localeCompare(other.textContent, document.documentElement.lang, { numeric: true });
  }

  function sort(button) {
    const heading = button.closest("th");
    const column = heading.cellIndex;
    const body = heading.closest("table").tBodies[0];
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const rows = [...body.rows];
    rows.sort((a, b) => (ascending ? 1 : -1) * compare(a.cells[column], b.cells[column]));
    body.append(...rows);
  }

  for (const button of document.querySelectorAll("thead button")) {
    button.addEventListener("click", () => sort(button));
  }
  // A record is of no use folded on paper.
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("#record details")) folded.open = true;
  });
  const places = [...document.querySelectorAll("[data-chart]")];
  window.chartsDrawn = Promise.all(places.map(draw));
})();
