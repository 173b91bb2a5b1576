// What a page can do beyond being read: sort and filter rows, hide methods, tell values under the pointer. Without it all is there too.
"use strict";

(() => {
  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };
  const plain = text => text.replace(/ \(control\)$/, "").trim();
  const hidden = new Set();

  // The list of contents: open where it has its own column, and it says where one is.
  const contents = document.querySelector(".side details");
  const narrow = matchMedia("(max-width: 70rem)");
  contents.open = !narrow.matches;
  narrow.addEventListener("change", () => { contents.open = !narrow.matches; });
  const links = new Map([...contents.querySelectorAll("a")].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    links.forEach((link, id) => id === entry.target.id ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
  }), { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("main > section").forEach(section => seen.observe(section));

  // Sorting: by the number that a cell begins with, in any unit of time; words after numbers; the order of the report comes back last.
  const units = { ms: 1e-3, s: 1, min: 60, h: 3600 };
  const number = cell => {
    if (cell.dataset.v !== undefined) {
      return Number(cell.dataset.v);
    }
    const found = /^(?:about |more than |<)?([-−]?[\d,]*\.?\d+(?:e[-−]?\d+)?)(?: (ms|s|min|h)\b)?/.exec(cell.textContent.trim());
    return found ? Number(found[1].replaceAll(",", "").replaceAll("−", "-")) * (units[found[2]] ?? 1) : NaN;
  };
  const compare = (one, other) => {
    const [a, b] = [number(one), number(other)];
    return Number.isNaN(a) !== Number.isNaN(b) ? (Number.isNaN(a) ? 1 : -1) : a - b || one.textContent.localeCompare(other.textContent, "en", { numeric: true });
  };
  const sort = (body, original, head, column) => {
    const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")] ?? (head.hasAttribute("aria-sort") ? null : "ascending");
    [...head.parentNode.children].forEach(other => other.removeAttribute("aria-sort"));
    let rows = original;
    if (next) {
      head.setAttribute("aria-sort", next);
      const empty = row => /^(–|n\/a.*)?$/.test(row.children[column].textContent.trim());
      rows = [...original].sort((a, b) => empty(a) - empty(b) || (next === "ascending" ? 1 : -1) * compare(a.children[column], b.children[column]));
    }
    body.append(...rows);
  };

  // A row is shown where its methods are and its words fit.
  const tables = [...document.querySelectorAll("table")].map(table => {
    const body = table.tBodies[0];
    const [rows, heads] = [[...body.rows], [...table.tHead.rows[0].cells]];
    heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(body, rows, head, column));
    });
    return { table, rows, heads, words: "" };
  });
  const by = document.querySelector("table[id^=accuracy] th, table[id^=over-the-space] th")?.textContent;
  const show = entry => {
    let shown = 0;
    entry.rows.forEach((row, i) => {
      row.hidden = entry.methods[i].some(method => hidden.has(method)) || (entry.words !== "" && !row.textContent.toLowerCase().includes(entry.words));
      shown += row.hidden ? 0 : 1;
    });
    if (entry.count) {
      entry.count.textContent = shown === entry.rows.length ? "" : `${shown} of ${entry.rows.length} rows`;
    }
  };
  tables.forEach(entry => {
    const at = entry.heads.flatMap((head, i) => [by, "method", "against"].includes(head.textContent) ? [i] : []);
    entry.methods = entry.rows.map(row => at.map(i => plain(row.cells[i].textContent)));
    if (entry.rows.length > 7) {
      const words = make("input", { type: "search", placeholder: "Filter rows", "aria-label": `Filter rows of table ${entry.table.id}` });
      entry.count = make("span", { role: "status" });
      entry.table.closest(".table").prepend(make("div", { class: "tools" }, words, entry.count));
      words.addEventListener("input", () => { entry.words = words.value.trim().toLowerCase(); show(entry); });
    }
  });

  // Figures: a series is what has its colour, where no other series of the figure has it too.
  const shapes = (svg, colour) => {
    const [fill, black] = [[`[fill="${colour}" i]`, `[stroke="${colour}" i]`], ":is(path, ellipse, rect)"];
    const own = colour === "#000000" ? [...fill, "[fill='#010101']", "[fill=black]", "[stroke=black]", `${black}:not([fill], defs *, clipPath *)`] : fill;
    return [...svg.querySelectorAll(own.join())].flatMap(shape => {
      // The light rim of a marker follows it.
      const rim = shape.nextElementSibling;
      return rim?.getAttribute("stroke") === "white" ? [shape, rim] : [shape];
    });
  };
  const figures = [...document.querySelectorAll("figure")].map(figure => {
    const svg = figure.querySelector("svg");
    const title = svg?.querySelector("title");
    if (title) {
      // A browser would show the whole caption under the pointer.
      svg.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    const plot = JSON.parse(figure.dataset.plot ?? "null");
    return { figure, svg, plot, box: figure.querySelector(".plot") };
  });

  // Only on a narrow page a figure scrolls in its box; elsewhere the keyboard need not stop there.
  const small = matchMedia("(max-width: 40rem)");
  const stops = () => figures.forEach(({ box }) => { if (box) { box.tabIndex = small.matches ? 0 : -1; } });
  small.addEventListener("change", stops);
  stops();

  const draw = ({ svg, plot }) => plot?.s.forEach(series => {
    if (plot.s.filter(other => other.c === series.c).length > 1) {
      return;
    }
    const off = hidden.has(plain(series.n));
    shapes(svg, series.c).forEach(shape => shape.classList.toggle("off", off));
    svg.querySelectorAll(`[data-text="${CSS.escape(series.n)}"]`).forEach(name => name.classList.toggle("dim", off));
  });

  // Methods, in the order of the first table.
  const methods = [...new Set(tables.filter(entry => entry.heads[0].textContent === by && /^(accuracy|over-the-space)/.test(entry.table.id)).flatMap(entry => entry.rows.map(row => plain(row.cells[0].textContent))))];
  if (methods.length > 1) {
    const boxes = methods.map(method => {
      const box = make("input", { type: "checkbox", checked: "" });
      box.addEventListener("change", () => {
        hidden[box.checked ? "delete" : "add"](method);
        tables.forEach(show);
        figures.forEach(draw);
      });
      return make("label", {}, box, make("span", {}, method));
    });
    const details = make("details", { class: "methods", ...(narrow.matches ? {} : { open: "" }) },
      make("summary", {}, "Methods shown"),
      make("fieldset", {}, make("legend", {}, "In tables and in lines of figures"), ...boxes));
    contents.after(details);
  }

  // Values under the pointer: of each series at its nearest abscissa.
  const text = value => value !== 0 && Math.abs(value) < 0.1 ? value.toExponential(2) : value.toLocaleString("en", { maximumSignificantDigits: 3 });
  const place = value => Number.isInteger(value) ? value.toLocaleString("en") : text(value);
  figures.filter(({ plot }) => plot?.p.length).forEach(({ svg, plot, box }) => {
    const tip = make("div", { class: "tip", "aria-hidden": "true", hidden: "" });
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "#7a7a7a");
    line.setAttribute("stroke-dasharray", "3 3");
    box.append(tip);
    svg.append(line);
    const leave = () => { tip.hidden = true; line.setAttribute("d", ""); };
    svg.addEventListener("pointerleave", leave);
    svg.addEventListener("pointermove", event => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const panel = plot.p.find(({ r: [left, top, width, height] }) => at.x >= left && at.x <= left + width && at.y >= top && at.y <= top + height);
      if (!panel) {
        leave();
        return;
      }
      const [left, top, width, height] = panel.r;
      const under = panel.x[0] + (at.x - left) / width * (panel.x[1] - panel.x[0]);
      const wanted = panel.lx ? 10 ** under : under;
      const near = panel.s.filter(one => !hidden.has(plain(plot.s[one.i].n))).map(one => {
        const nearest = one.x.reduce((best, x, i) => Math.abs(x - wanted) < Math.abs(one.x[best] - wanted) ? i : best, 0);
        return { name: plot.s[one.i].n, x: one.x[nearest], y: one.y[nearest] };
      }).filter(one => Number.isFinite(one.y)).sort((a, b) => b.y - a.y);
      if (near.length === 0) {
        leave();
        return;
      }
      const shown = near.reduce((best, one) => Math.abs(one.x - wanted) < Math.abs(best - wanted) ? one.x : best, near[0].x);
      const x = left + ((panel.lx ? Math.log10(shown) : shown) - panel.x[0]) / (panel.x[1] - panel.x[0]) * width;
      line.setAttribute("d", `M${x} ${top}V${top + height}`);
      tip.replaceChildren(make("b", {}, `${panel.t ? `${panel.t}, ` : ""}${panel.xl} ${place(shown)}`), ...near.map(one => make("div", {}, make("span", {}, one.name), make("span", {}, text(one.y)))));
      tip.hidden = false;
      const [room, bounds] = [box.getBoundingClientRect(), tip.getBoundingClientRect()];
      const right = event.clientX - room.left + 14;
      tip.style.left = `${Math.max(2, right + bounds.width > room.width ? event.clientX - room.left - bounds.width - 14 : right)}px`;
      tip.style.top = `${Math.max(2, Math.min(event.clientY - room.top + 10, room.height - bounds.height - 4))}px`;
    });
  });

  // Whoever follows a link to a row that is hidden gets to see it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest("tr");
    if (row) {
      row.hidden = false;
      target.scrollIntoView({ block: "center", inline: "nearest" });
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
