"use strict";
(() => {
  const specifications = JSON.parse(document.getElementById("specifications").textContent);
  // The content policy lets no text become code: expressions are interpreted, and the style is the page's.
  const options = {
    actions: false, ast: true, defaultStyle: false, renderer: "svg", logLevel: 1,
    tooltip: { theme: "page", disableDefaultStyle: true },
  };

  async function draw(place, specification) {
    const drawing = document.createElement("div");
    place.append(drawing);
    try {
      const view = (place.drawnChart = (await vegaEmbed(drawing, specification, options)).view);
      // How many rows a legend takes is known once the width is: only then is the room above the plot right.
      const settle = () => view.resize().runAsync();
      view.addSignalListener("width", () => setTimeout(settle));
      await settle();
      // Vega names the drawing inside; the place already has that name.
      drawing.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
      place.replaceChildren(drawing);
      place.dataset.state = "drawn";
    } catch (error) {
      // What is printed stays.
      drawing.remove();
      place.dataset.state = "failed";
      console.error(place.dataset.chart, error);
    }
  }

  function drawAll(within, own) {
    const places = [...within.querySelectorAll("[data-chart]")];
    return Promise.all(places.map((place) => draw(place, own[place.dataset.chart] ?? specifications[place.dataset.chart])));
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

  async function unpacked(element) {
    const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(text).text());
  }

  /** The year chosen stands in the select; what the page shows at first is the last year. */
  async function offerYears(packed) {
    const { parts, years, charts, specifications: pool } = await unpacked(packed);
    const bodies = new Map([...document.querySelectorAll("[data-section]")].map((body) => [body.dataset.section, body]));
    const first = new Map([...bodies].map(([key, body]) => [key, body.innerHTML]));
    const select = document.getElementById("year");

    function show(year) {
      const own = Object.fromEntries(Object.entries(charts[year] ?? {}).map(([name, place]) => [name, pool[place]]));
      const drawn = [...bodies].map(([key, body]) => {
        const open = [...body.querySelectorAll("details[open]")].map((folded) => folded.id);
        const chosen = years[year]?.[key];
        const written = chosen ? chosen.map((place) => parts[place]).join("\n") : first.get(key);
        if (body.dataset.year !== String(year)) body.innerHTML = written;
        body.dataset.year = year;
        for (const id of open) document.getElementById(id)?.setAttribute("open", "");
        return drawAll(body, own);
      });
      document.getElementById("year-shown").textContent = ` ${year}`;
      for (const note of document.querySelectorAll("[data-of-year]")) note.hidden = note.dataset.ofYear === String(year);
      window.chartsDrawn = Promise.all(drawn);
    }

    select.addEventListener("change", () => show(select.value));
    document.getElementById("year-shown").hidden = true;
    document.getElementById("year-choice").hidden = false;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("thead button");
    if (button) sort(button);
  });
  // A record is of no use folded on paper.
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("#record details")) folded.open = true;
  });
  const packed = document.getElementById("packed-years");
  const start = packed && "DecompressionStream" in window ? offerYears(packed) : Promise.resolve();
  window.chartsDrawn = start.then(() => drawAll(document, {}));
})();
