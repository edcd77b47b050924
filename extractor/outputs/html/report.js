"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);
  const findings = JSON.parse(byId("data").textContent);
  const items = [...document.querySelectorAll(".finding")];
  const view = byId("view"), stage = byId("stage"), links = byId("links"), search = byId("search");
  let current = -1, zoom = 1;
  document.documentElement.classList.add("scripted");

  const make = (name, attributes, parent) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
  };
  const union = (boxes) => boxes.reduce((a, b) =>
    [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);

  // Boxes of one place on a page: a rectangle for each line, and its number in the list before the first.
  const drawBoxes = (svg, target) => {
    target.boxes.forEach(([x0, top, x1, bottom], n) => {
      const name = "box" + (target.addend ? " addend" : "");
      const box = make("rect", {x: x0 - 1, y: top - 1, width: x1 - x0 + 2, height: bottom - top + 2,
                                class: name, "data-side": target.side}, svg);
      box.addEventListener("mouseenter", () => point(target.side, true));
      box.addEventListener("mouseleave", () => point(target.side, false));
      if (n === 0) badge(svg, x0 - 2, top - 3, target.side + 1);
    });
  };
  const badge = (svg, x, y, number) => {
    make("circle", {cx: x, cy: y, r: 4.6, class: "badge-ground"}, svg);
    make("text", {x, y: y + 2.4, "font-size": 6.8, "text-anchor": "middle"}, svg).textContent = number;
  };
  // The cited texts of a cell, or the whole cell where it is not known where in it they stand.
  const markTexts = (cell, targets) => {
    const text = cell.textContent;
    let at = 0;
    cell.replaceChildren();
    for (const target of targets.filter((each) => each.mark).sort((a, b) => a.mark[0] - b.mark[0])) {
      const [start, end] = target.mark;
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      Object.assign(mark.dataset, {side: target.side, number: target.side + 1});
      cell.append(text.slice(at, start), mark);
      at = end;
    }
    cell.append(text.slice(at));
    cell.classList.add("here");
    cell.classList.toggle("addend", targets.every((target) => target.addend));
    if (!at) Object.assign(cell.dataset, {side: targets[0].side, number: targets[0].side + 1});
  };
  const clear = () => {
    for (const svg of stage.querySelectorAll(".boxes")) svg.replaceChildren();
    for (const cell of stage.querySelectorAll(".here")) {
      cell.textContent = cell.textContent;
      cell.classList.remove("here", "addend", "pointed");
      delete cell.dataset.side;
      delete cell.dataset.number;
    }
    for (const figure of stage.querySelectorAll("figure")) figure.className = figure.className.split(" ")[0];
  };
  const showCells = (targets) => {
    const cited = new Map();
    for (const target of targets)
      for (const name of target.cells) {
        const cell = byId(target.figure)?.querySelector(`[data-cell="${name}"]`);
        if (cell) cited.set(cell, [...(cited.get(cell) ?? []), target]);
      }
    for (const [cell, each] of cited) markTexts(cell, each);
  };

  // Every cited page gets its share of the height, scrolled and, if need be, shrunk so that its boxes show.
  const fit = (figure, targets, share) => {
    const scroll = figure.querySelector(".scroll"), sheet = figure.querySelector(".sheet");
    scroll.style.maxHeight = `${share}px`;
    if (!sheet) {
      const cell = figure.querySelector(".here");
      if (cell) scroll.scrollTop = cell.getBoundingClientRect().top - scroll.getBoundingClientRect().top
        + scroll.scrollTop - share / 3;
      return;
    }
    const width = +figure.dataset.width, box = union(targets.flatMap((target) => target.boxes));
    const whole = (scroll.clientWidth || stage.clientWidth) / width;
    const needed = share / (box[3] - box[1] + 60);
    const scale = Math.min(whole, Math.max(needed, whole * 0.55)) * zoom;
    sheet.style.width = `${width * scale}px`;
    scroll.scrollTop = (box[1] + box[3]) / 2 * scale - share / 2;
    scroll.scrollLeft = (box[0] + box[2]) / 2 * scale - scroll.clientWidth / 2;
  };
  const layOut = () => {
    if (current < 0) return;
    const targets = findings[current].targets, names = [...new Set(targets.map((target) => target.figure))];
    const share = Math.max(view.clientHeight / Math.min(Math.max(names.length, 1), 3) - 44, 160);
    for (const name of names) {
      const figure = byId(name);
      if (figure) fit(figure, targets.filter((target) => target.figure === name), share);
    }
    connect();
  };

  // Lines from the first place to the others; a place scrolled out of sight is pointed at from its frame's edge.
  const spotOf = (element) => {
    const box = element.getBoundingClientRect(), frame = element.closest(".scroll").getBoundingClientRect();
    const origin = links.getBoundingClientRect();
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    return [clamp(box.right, frame.left, frame.right) - origin.left,
            clamp((box.top + box.bottom) / 2, frame.top, frame.bottom) - origin.top];
  };
  const connect = () => {
    links.replaceChildren();
    const seen = new Map();
    for (const element of stage.querySelectorAll(".active [data-side]"))
      if (!seen.has(element.dataset.side)) seen.set(element.dataset.side, element);
    const spots = [...seen].sort((a, b) => a[0] - b[0]).map((pair) => spotOf(pair[1]));
    for (const [x, y] of spots.slice(1, 7)) {
      const [x0, y0] = spots[0];
      if (Math.abs(y - y0) < 30) continue;
      const bend = Math.min(Math.max(x, x0) + 30 + Math.abs(y - y0) / 8, links.clientWidth - 6);
      make("path", {d: `M${x0} ${y0}C${bend} ${y0} ${bend} ${y} ${x} ${y}`}, links);
    }
  };
  const point = (side, on) => {
    const selector = `.active [data-side="${side}"], .selected [data-side="${side}"]`;
    for (const element of document.querySelectorAll(selector)) element.classList.toggle("pointed", on);
  };

  const select = (n, quiet) => {
    if (n < 0 || n >= items.length) return;
    if (current >= 0) items[current].classList.remove("selected");
    current = n;
    items[n].classList.add("selected");
    clear();
    view.classList.remove("error", "warning", "info");
    view.classList.add(findings[n].severity);
    for (const target of findings[n].targets) {
      const figure = byId(target.figure);
      if (!figure) continue;
      figure.classList.add("active");
      if (target.boxes) drawBoxes(figure.querySelector(".boxes"), target);
    }
    showCells(findings[n].targets.filter((target) => !target.boxes));
    view.scrollTop = 0;
    layOut();
    items[n].scrollIntoView({block: "nearest"});
    if (!quiet) {
      items[n].focus({preventScroll: true});
      try { history.replaceState(null, "", `#${items[n].id}`); } catch { /* not where files have no history */ }
    }
  };
  const move = (step) => {
    let n = current + step;
    while (n >= 0 && n < items.length && items[n].hidden) n += step;
    select(n);
  };
  const filter = () => {
    const levels = [...document.querySelectorAll(".level input:checked")].map((input) => input.value);
    const rule = byId("rule").value, words = search.value.trim().toLowerCase();
    for (const item of items)
      item.hidden = !levels.includes(item.dataset.severity) || (rule !== "" && item.dataset.rule !== rule)
        || !item.textContent.toLowerCase().includes(words);
    const shown = items.filter((item) => !item.hidden);
    byId("count").textContent = `显示 ${shown.length} / ${items.length} 项`;
    if (shown.length && (current < 0 || items[current].hidden)) select(items.indexOf(shown[0]), true);
  };

  // On paper each finding is followed by strips cut out of the pages that it cites.
  const strips = () => {
    items.forEach((item, n) => {
      const holder = document.createElement("div");
      holder.className = "strips";
      for (const target of findings[n].targets.filter((each) => each.boxes && !each.addend).slice(0, 4)) {
        const figure = byId(target.figure), image = figure.querySelector("img").cloneNode();
        const width = +figure.dataset.width, height = +figure.dataset.height, box = union(target.boxes);
        const strip = document.createElement("div"), sheet = document.createElement("div");
        const caption = document.createElement("p");
        caption.className = "caption";
        caption.textContent = `${target.side + 1}　${figure.querySelector("figcaption").textContent}`;
        strip.className = "strip";
        sheet.className = "sheet";
        strip.style.aspectRatio = `${width} / ${Math.min(box[3] - box[1] + 44, height)}`;
        sheet.style.width = "100%";
        const svg = make("svg", {class: "boxes", viewBox: `0 0 ${width} ${height}`}, sheet);
        drawBoxes(svg, target);
        sheet.prepend(image);
        // A negative margin in per cent is of the width, as the page's scale is.
        sheet.style.marginTop = `${-Math.max(box[1] - 22, 0) / width * 100}%`;
        strip.append(sheet);
        holder.append(caption, strip);
      }
      item.append(holder);
    });
  };

  items.forEach((item, n) => {
    item.addEventListener("click", () => select(n));
    for (const side of item.querySelectorAll("[data-side]")) {
      side.addEventListener("mouseenter", () => point(side.dataset.side, true));
      side.addEventListener("mouseleave", () => point(side.dataset.side, false));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) { if (event.key === "Escape") search.blur(); return; }
    const keys = {j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
                  "/": () => search.focus(), "+": () => resize(1.2), "=": () => resize(1.2),
                  "-": () => resize(1 / 1.2), "0": () => { zoom = 1; layOut(); }};
    if (event.target.tagName === "SELECT" || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  const resize = (factor) => { zoom = Math.min(Math.max(zoom * factor, 0.5), 4); layOut(); };
  byId("filters").addEventListener("input", filter);
  window.addEventListener("resize", layOut);
  for (const scroll of stage.querySelectorAll(".scroll")) scroll.addEventListener("scroll", connect);
  window.addEventListener("beforeprint", strips);
  window.addEventListener("afterprint", () => document.querySelectorAll(".strips").forEach((each) => each.remove()));
  window.addEventListener("load", layOut);
  filter();
  const asked = items.findIndex((item) => `#${item.id}` === location.hash);
  if (asked >= 0) select(asked);
})();
