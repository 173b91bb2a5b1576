// Curves, drawn by uPlot from the node's own numbers. Each chart stands beside a table or a link to one, for whoever sees no picture.
"use strict";

(() => {
  const refreshEvery = 20_000;
  const height = 300;
  // Okabe and Ito's palette, told apart by most eyes; more curves than colours are told apart by dashes.
  const light = ["#0072b2", "#d55e00", "#009e73", "#b0508a", "#8a6d00", "#3b8fc2", "#000000"];
  const dark = ["#4aa8e0", "#f08a3c", "#35c79b", "#e08fbf", "#e6cf4a", "#8ecbf0", "#f2f2f2"];
  const dashes = [[], [8, 4], [2, 4], [12, 4, 2, 4]];
  const scheme = matchMedia("(prefers-color-scheme: dark)");

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (index) => (scheme.matches ? dark : light)[index % light.length];
  const dash = (index) => dashes[Math.floor(index / light.length) % dashes.length];
  const short = (text) => text.replace("e+", "e");
  const number = (value) => (value == null ? "–" : Math.abs(value) >= 1e-2 && Math.abs(value) < 1e5 ? String(+value.toPrecision(4)) : short(value.toExponential(2)));
  // A logarithm knows neither zero nor what lies below.
  const positive = (values) => values.map((value) => (value > 0 ? value : null));

  function axes(xName, yName) {
    const axis = { stroke: css("--muted"), grid: { stroke: css("--plot-grid"), width: 1 }, ticks: { stroke: css("--plot-grid"), width: 1 } };
    return [
      { ...axis, label: xName, labelSize: 22 },
      { ...axis, label: yName, labelSize: 22, size: 72, values: (_, splits) => splits.map((value) => (value == null ? "" : short(value.toExponential(0)))) },
    ];
  }

  function series(name, index) {
    return { label: name, stroke: colour(index), dash: dash(index), width: 2, points: { show: false }, value: (_, value) => number(value), spanGaps: true };
  }

  function edge(name, index) {
    return { label: name, class: "edge", stroke: "transparent", width: 0, points: { show: false }, value: (_, value) => number(value), spanGaps: true };
  }

  // One picture in one place: made anew when its series change, given new numbers when only those do.
  class Picture {
    constructor(place) {
      this.place = place;
      this.plot = null;
      this.shape = "";
      this.last = null;
      new ResizeObserver(() => this.plot?.setSize({ width: this.width(), height })).observe(place);
      scheme.addEventListener("change", () => {
        this.shape = "";
        this.last && this.draw(...this.last);
      });
    }

    width() {
      return Math.max(240, this.place.clientWidth);
    }

    draw(data, lines, bands, xName, yName) {
      this.last = [data, lines, bands, xName, yName];
      const shape = JSON.stringify([lines.map((line) => line.label), xName, yName]);
      if (this.plot && shape === this.shape) {
        this.plot.setData(data);
        return;
      }
      this.plot?.destroy();
      this.shape = shape;
      this.plot = new uPlot(
        {
          width: this.width(),
          height,
          series: [{ label: xName, value: (_, value) => number(value) }, ...lines.map((line, index) => line.make(index))],
          bands: bands.map((band) => ({ series: band.series, fill: band.fill() })),
          scales: { x: { time: false }, y: { distr: 3, log: 10 } },
          axes: axes(xName, yName),
          cursor: { points: { size: 6 } },
          legend: { live: true },
        },
        data,
        this.place,
      );
    }
  }

  // Curves of cells: median and band of each.

  function cells(chart) {
    const picture = new Picture(chart.querySelector(".plot"));
    const form = chart.querySelector("form");
    const note = chart.querySelector(".note");
    let told = true;
    let drawn = 0;

    async function load() {
      told = false;
      drawn = Date.now();
      const query = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(`${chart.dataset.address}?${query}`);
        if (!answer.ok) {
          note.textContent = `The curves cannot be shown now (${answer.status}).`;
          return;
        }
        draw(await answer.json());
      } catch {
        note.textContent = "The curves cannot be shown now: no connection.";
      }
    }

    function draw(curves) {
      if (curves.curves.length === 0) {
        note.textContent = "No trial of these cells has a curve yet.";
        return;
      }
      note.textContent = `Lines are medians over seeds. Bands: ${curves.band}.`;
      const tables = curves.curves.map((curve) => [curve.at, positive(curve.median), positive(curve.low), positive(curve.high)]);
      const data = uPlot.join(tables);
      const lines = curves.curves.flatMap((curve, index) => [
        { label: `${curve.name} (${curve.seeds})`, make: () => series(`${curve.name} (${curve.seeds})`, index) },
        { label: `${curve.name}, low`, make: () => edge(`${curve.name}, low`, index) },
        { label: `${curve.name}, high`, make: () => edge(`${curve.name}, high`, index) },
      ]);
      const bands = curves.curves.map((_, index) => ({ series: [3 * index + 3, 3 * index + 2], fill: () => `${colour(index)}26` }));
      picture.draw(data, lines, bands, curves.x === "seconds" ? "seconds of training" : "steps", curves.metric);
    }

    form.addEventListener("change", load);
    document.addEventListener("told", (event) => {
      told ||= event.detail.name === "matrix";
    });
    setInterval(() => !document.hidden && told && Date.now() - drawn >= refreshEvery && load(), 1_000);
    load();
  }

  // Curves of one trial: its error, the losses of its terms, their weights.

  function trial(chart) {
    const pictures = new Map();
    const by = chart.querySelector("select[name=x]");
    const note = chart.querySelector(".note");
    let curve = null;

    function panel(name, lines, yName, x) {
      const figure = chart.querySelector(`[data-panel="${name}"]`);
      figure.hidden = lines.length === 0;
      if (lines.length === 0) {
        return;
      }
      const place = figure.querySelector(".plot");
      const picture = pictures.get(name) ?? new Picture(place);
      pictures.set(name, picture);
      const named = lines.map(([label]) => ({ label, make: (index) => series(label, index) }));
      picture.draw([x, ...lines.map(([, values]) => positive(values))], named, [], by.value === "seconds" ? "seconds of training" : "steps", yName);
    }

    function draw() {
      const some = (values) => values.some((value) => value > 0);
      const bySeconds = by.value === "seconds" && curve.seconds?.length > 0;
      const x = bySeconds ? curve.seconds : curve.steps;
      const errors = [["relative L2", curve.relativeL2], ["largest error", curve.maxError ?? []]].filter(([, values]) => some(values));
      note.textContent = curve.steps.length === 0 ? "There is no evaluation yet." : "";
      panel("error", errors, "error", x);
      panel("losses", Object.entries(curve.losses ?? {}).filter(([, values]) => some(values)), "mean squared residual", x);
      panel("weights", Object.entries(curve.weights ?? {}).filter(([, values]) => some(values)), "weight", x);
    }

    async function load() {
      try {
        const answer = await fetch(chart.dataset.address);
        if (answer.ok) {
          curve = await answer.json();
          draw();
        } else {
          note.textContent = `The curve cannot be shown now (${answer.status}).`;
        }
      } catch {
        note.textContent = "The curve cannot be shown now: no connection.";
      }
    }

    by.addEventListener("change", () => curve && draw());
    document.addEventListener("told", (event) => {
      if (event.detail.name === "curve") {
        curve = JSON.parse(event.detail.data);
        draw();
      }
    });
    load();
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-chart=cells]").forEach(cells);
    document.querySelectorAll("[data-chart=trial]").forEach(trial);
  });
})();
