/* The search of the site. Data are script files, since a page opened from a disk may load those but may not fetch. */
(function () {
"use strict";
var doc = document, form = doc.getElementById("search"), told = doc.getElementById("told"), list = doc.getElementById("hits");
var more = doc.getElementById("more"), query = doc.getElementById("q"), own = doc.currentScript, build = own.dataset.build;
var FACETS = ["topic", "addressee", "state", "strength"], FIELDS = ["q", "kind", "from", "to", "body", "sort"].concat(FACETS);
var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", WIDE = 60, PAGE = 20, MOST = 2000;
var held = new Map(), waiting = new Map(), values = new Uint8Array(128), starts = null, total = 0, reports = [], turn = 0, state = null;
for (var i = 0; i < 64; i++) { values[DIGITS.charCodeAt(i)] = i; }

/* Data. */
window.tipreport = function (key, from, value) { if (from === build) { held.set(key, value); } };
function load(key) {
  if (held.has(key)) { return Promise.resolve(held.get(key)); }
  if (!waiting.has(key)) {
    waiting.set(key, new Promise(function (done, failed) {
      var one = doc.createElement("script");
      one.src = "search/" + key + ".js?v=" + build;
      one.onload = function () { one.remove(); waiting.delete(key); if (held.has(key)) { done(held.get(key)); } else { failed(new Error("old")); } };
      one.onerror = function () { one.remove(); waiting.delete(key); failed(new Error(key)); };
      doc.head.append(one);
    }));
  }
  return waiting.get(key);
}
function numbers(code) {
  var out = [], number = 0, shift = 0;
  for (var at = 0; at < code.length; at++) {
    var sign = values[code.charCodeAt(at)];
    number += (sign & 31) * Math.pow(2, shift);
    if (sign & 32) { shift += 5; } else { out.push(number); number = 0; shift = 0; }
  }
  return out;
}
function before(one, other) { /* by code points, as the files are sorted */
  for (var at = 0; at < one.length && at < other.length;) {
    var a = one.codePointAt(at), b = other.codePointAt(at);
    if (a !== b) { return a < b; }
    at += a > 0xffff ? 2 : 1;
  }
  return one.length < other.length;
}
function fileOf(word, kind) {
  var words = held.get("table")[kind || "words"], low = 0, high = words.length;
  while (low < high) { var mid = (low + high) >> 1; if (before(word, words[mid])) { high = mid; } else { low = mid + 1; } }
  return low - 1;
}
function found(rows, word) {
  if (!rows) { return -1; }
  if (!rows.byWord) { rows.byWord = new Map(rows.map(function (row, place) { return [row[0], place]; })); }
  return rows.byWord.has(word) ? rows.byWord.get(word) : -1;
}
function rowOf(word) {
  var file = fileOf(word), rows = held.get("t/" + file), place = found(rows, word);
  return place < 0 ? null : { units: rows[place][1], file: file, place: place };
}
function othersOf(word) {
  var rows = held.get("o/" + fileOf(word, "others")), place = found(rows, word);
  return place < 0 ? [] : rows[place][1];
}

/* Words: as the full-text table parts and folds them. */
var TOKEN = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{Mn}]*/gu;
function folded(word) { return word.normalize("NFD").replace(/\p{Mn}+/gu, "").toLowerCase(); }
function tokens(text) { return (text.match(TOKEN) || []).map(folded); }
var PARTED = /^(anti|co|counter|inter|multi|non|pre|post|re|sub|cyber)([a-z]{4,})$/;

/* The query: words side by side, OR, NOT, brackets, "phrases", beginnings*. */
function read(text) {
  var parts = text.match(/["\u201c\u201d][^"\u201c\u201d]*["\u201c\u201d]?\*?|[()]|[^\s()"\u201c\u201d]+/g) || [], at = 0, depth = 0;
  function either() {
    var items = [both()];
    while (parts[at] === "OR") { at++; items.push(both()); }
    items = items.filter(Boolean);
    return items.length > 1 ? { or: items } : items[0] || null;
  }
  function both() {
    var items = [];
    while (at < parts.length && parts[at] !== "OR" && parts[at] !== ")") {
      if (parts[at] === "AND") { at++; continue; }
      var one = part();
      if (one) { items.push(one); }
    }
    return items.length > 1 ? { and: items } : items[0] || null;
  }
  function part() {
    var one = parts[at++];
    if (one === "NOT") { var not = at < parts.length && parts[at] !== ")" && parts[at] !== "OR" ? part() : null; return not && { not: not }; }
    if (one === "(") {
      if (++depth > 40) { return null; }
      var inner = either();
      if (parts[at] === ")") { at++; }
      return inner;
    }
    var quoted = /^["\u201c\u201d]/.test(one), prefix = one.length > 1 && one.endsWith("*"), words = tokens(one);
    var signs = words.length === 1 && folded(one) !== words[0]; /* a word with signs has no other forms */
    return words.length ? { words: words, exact: quoted || signs, prefix: prefix } : null;
  }
  var all = [];
  while (at < parts.length) {
    var found = either();
    if (found) { all.push(found); }
    if (parts[at] === ")") { at++; }
  }
  return all.length > 1 ? { and: all } : all[0] || null;
}
function leaves(node, out) {
  if (node.words) { out.push(node); } else { (node.and || node.or || [node.not]).forEach(function (one) { leaves(one, out); }); }
  return out;
}
/* Which words a part of the query stands for: each a list of words that follow one another. */
function variants(leaf) {
  var out = [leaf.words];
  if (leaf.exact || leaf.prefix) { return out; }
  if (leaf.words.length === 1) {
    var cut = PARTED.exec(leaf.words[0]);
    othersOf(leaf.words[0]).forEach(function (form) { out.push([form]); });
    if (cut) { out.push([cut[1], cut[2]]); }
  } else if (leaf.words.length === 2) { out.push([leaf.words.join("")]); }
  return out;
}
async function need(words) {
  var files = new Set(words.map(function (word) { return fileOf(word); }));
  files.delete(-1);
  await Promise.all(Array.from(files, function (n) { return load("t/" + n); }));
}
async function prepare(leaf) {
  var cut = leaf.words.length === 1 && PARTED.exec(leaf.words[0]);
  await need(leaf.words.concat(leaf.words.length === 2 ? [leaf.words.join("")] : [], cut ? [cut[1], cut[2]] : []));
  if (!leaf.exact && !leaf.prefix && leaf.words.length === 1 && fileOf(leaf.words[0], "others") >= 0) { await load("o/" + fileOf(leaf.words[0], "others")); }
  if (leaf.prefix) {
    var begun = leaf.words[leaf.words.length - 1], first = Math.max(fileOf(begun), 0), last = fileOf(begun + "\u{10ffff}"), files = [];
    for (var n = first; n <= last; n++) { files.push(n); }
    if (files.length > WIDE) { throw new Error("wide"); }
    await Promise.all(files.map(function (n) { return load("t/" + n); }));
    leaf.ends = [];
    files.forEach(function (n) { held.get("t/" + n).forEach(function (row) { if (row[0].startsWith(begun)) { leaf.ends.push(row[0]); } }); });
  }
  leaf.variants = variants(leaf);
  var others = [].concat.apply([], leaf.variants);
  await need(others);
  var phrase = leaf.variants.filter(function (one) { return one.length > 1; }), words = phrase.length ? [].concat.apply(leaf.ends || [], phrase) : [];
  await Promise.all(words.map(function (word) { return rowOf(word); }).filter(Boolean).map(function (one) { return load("p/" + one.file); }));
}

/* Sets of units: a weight for each, 0 for those that are not in it. */
function weightsOf(word, into) {
  var row = rowOf(word);
  if (!row) { return into; }
  var codes = numbers(row.units), rare = Math.log(1 + (total - codes.length + 0.5) / (codes.length + 0.5)), unit = 0;
  for (var at = 0; at < codes.length; at++) {
    unit += Math.floor(codes[at] / 8);
    into[unit] += rare * (codes[at] % 8 + 1);
  }
  return into;
}
function empty() { return new Float32Array(total); }
function placesOf(word, wanted) {
  var row = rowOf(word), out = new Map();
  if (!row) { return out; }
  var codes = numbers(row.units), places = numbers(held.get("p/" + row.file)[row.place]), unit = 0, at = 0;
  for (var n = 0; n < codes.length; n++) {
    unit += Math.floor(codes[n] / 8);
    var count = places[at++];
    if (wanted[unit]) {
      var here = [], place = 0;
      for (var one = 0; one < count; one++) { place += places[at + one]; here.push(place); }
      out.set(unit, here);
    }
    at += count;
  }
  return out;
}
function phrase(words, ends) {
  var sets = words.map(function (word, place) {
    var last = ends && place === words.length - 1, into = empty();
    (last ? ends : [word]).forEach(function (one) { weightsOf(one, into); });
    return into;
  });
  var all = meet(sets), places = words.map(function (word, place) {
    if (!(ends && place === words.length - 1)) { return placesOf(word, all); }
    var out = new Map();
    ends.forEach(function (one) { placesOf(one, all).forEach(function (some, unit) { out.set(unit, (out.get(unit) || []).concat(some)); }); });
    return out;
  });
  for (var unit = 0; unit < total; unit++) {
    if (!all[unit]) { continue; }
    var next = places.slice(1).map(function (one) { return new Set(one.get(unit)); });
    var stands = (places[0].get(unit) || []).some(function (place) { return next.every(function (one, after) { return one.has(place + after + 1); }); });
    all[unit] = stands ? all[unit] * 1.5 : 0;
  }
  return all;
}
function meet(sets) {
  var out = sets[0].slice();
  for (var n = 1; n < sets.length; n++) { for (var at = 0; at < total; at++) { out[at] = out[at] && sets[n][at] ? out[at] + sets[n][at] : 0; } }
  return out;
}
function setOf(node) {
  if (node.words) {
    var out = empty();
    node.variants.forEach(function (words, place) {
      var weight = place ? 0.7 : 1, some = words.length > 1 ? phrase(words, node.ends) : null;
      if (!some) { some = empty(); (node.ends || words).forEach(function (word) { weightsOf(word, some); }); }
      for (var at = 0; at < total; at++) { out[at] += some[at] * weight; }
    });
    return out;
  }
  if (node.or) {
    var sum = empty();
    node.or.map(setOf).forEach(function (one) { for (var at = 0; at < total; at++) { sum[at] += one[at]; } });
    return sum;
  }
  if (node.not) { return setOf(node.not).map(function (one) { return one ? 0 : 1; }); }
  return meet(node.and.map(setOf));
}

/* Filters. */
function asked() {
  var out = {};
  FIELDS.forEach(function (name) { out[name] = form.elements[name].value.trim(); });
  return out;
}
async function allowed(ask) {
  var mask = new Uint8Array(total), low = ask.from ? +ask.from : -Infinity, high = ask.to ? +ask.to : Infinity;
  reports.forEach(function (one, place) {
    var dated = !(ask.from || ask.to) || (one.year !== null && one.year >= low && one.year <= high);
    if (!dated || (ask.body && one.body !== ask.body)) { return; }
    var first = ask.kind === "paragraphs" ? starts[place] + one.recommendations : starts[place];
    mask.fill(1, first, ask.kind === "recommendations" ? starts[place] + one.recommendations : starts[place + 1]);
  });
  var chosen = FACETS.filter(function (name) { return ask[name]; });
  var lists = await Promise.all(chosen.map(function (name) { return load("f/" + name + "~" + ask[name]); }));
  lists.forEach(function (code) {
    var mine = new Uint8Array(total), unit = 0;
    numbers(code).forEach(function (step) { unit += step; mine[unit] = 1; });
    for (var at = 0; at < total; at++) { mask[at] &= mine[at]; }
  });
  return mask;
}
function ranked(weights, mask, byDate) {
  var hits = [];
  for (var at = 0; at < total; at++) { if (mask[at] && (!weights || weights[at])) { hits.push(at); } }
  if (!weights || byDate) { return hits; }
  var best = Float32Array.from(hits, function (unit) { return weights[unit]; }).sort(), least = best[Math.max(0, best.length - MOST)];
  var order = function (a, b) { return weights[b] - weights[a] || a - b; };
  return hits.filter(function (unit) { return weights[unit] >= least; }).sort(order).concat(hits.filter(function (unit) { return weights[unit] < least; }));
}

/* What is shown. */
function make(tag, name, words) {
  var one = doc.createElement(tag);
  if (name) { one.className = name; }
  if (words !== undefined) { one.textContent = words; }
  return one;
}
function many(number, word) { return number.toLocaleString("en") + " " + word + (number === 1 ? "" : "s"); }
function reportOf(unit) {
  var low = 0, high = reports.length;
  while (low < high) { var mid = (low + high) >> 1; if (starts[mid + 1] <= unit) { low = mid + 1; } else { high = mid; } }
  return low;
}
async function textOf(unit) {
  var place = reportOf(unit), one = reports[place], within = unit - starts[place], piece = 0;
  while (piece < one.cuts.length && one.cuts[piece] <= within) { piece++; }
  var data = await load("r/" + one.slug + (piece ? "~" + piece : "")), row = data.u[within - (piece ? one.cuts[piece - 1] : 0)];
  return { report: one, data: data, ident: row[0], pinpoint: row[1], text: row[2], points: row[3] || [], recommendation: within < one.recommendations };
}
/* Where in a text the query found something: [start, end, word] of every word that is a hit itself or in a phrase that is. */
function placesIn(text) {
  var all = [], one, hit = new Set();
  TOKEN.lastIndex = 0;
  while ((one = TOKEN.exec(text))) { all.push([one.index, one.index + one[0].length, folded(one[0])]); }
  state.marks.forEach(function (mark) {
    for (var at = 0; at + mark.words.length <= all.length; at++) {
      var stands = mark.words.every(function (word, n) {
        var own = all[at + n][2];
        return own === word || (mark.prefix && n === mark.words.length - 1 && own.startsWith(word));
      });
      for (var n = 0; stands && n < mark.words.length; n++) { hit.add(at + n); }
    }
  });
  return all.filter(function (_, at) { return hit.has(at); });
}
/* The points that hold all that was found; none where some of it stands outside them. */
function pointed(points, places) {
  var deepest = new Set();
  var all = places.length && places.every(function (place) {
    var holding = points.filter(function (one) { return one[0] <= place[0] && place[1] <= one[1]; });
    if (holding.length) { deepest.add(holding[holding.length - 1]); }
    return holding.length;
  });
  return all ? points.filter(function (one) { return deepest.has(one); }) : [];
}
function snippet(text, places) {
  var out = make("p", "snip"), from = 0, to = text.length;
  if (text.length > 420) {
    var best = -1;
    places.forEach(function (start, n) {
      var seen = new Set();
      for (var at = n; at < places.length && places[at][1] < start[0] + 300; at++) { seen.add(places[at][2]); }
      if (seen.size > best) { best = seen.size; from = Math.max(0, start[0] - 60); }
    });
    to = Math.min(text.length, from + 400);
    from = to === text.length ? Math.max(0, to - 400) : from;
    if (from) { var blank = text.indexOf(" ", from); from = blank > 0 && blank < from + 40 ? blank + 1 : from; }
    if (to < text.length) { var end = text.lastIndexOf(" ", to); to = end > from + 200 ? end : to; }
  }
  if (from) { out.append("… "); }
  places.forEach(function (place) {
    if (place[0] < from || place[1] > to) { return; }
    out.append(text.slice(from, place[0]), make("mark", "", text.slice(place[0], place[1])));
    from = place[1];
  });
  out.append(text.slice(from, to));
  if (to < text.length) { out.append(" …"); }
  return out;
}
async function show(mine) {
  var shown = list.children.length, units = state.hits.slice(shown, shown + PAGE), found = await Promise.all(units.map(textOf));
  if (mine !== turn) { return; }
  found.forEach(function (one) {
    var item = make("li"), where = make("p", "where"), places = placesIn(one.text), points = pointed(one.points, places);
    var link = make("a", "", one.data.c + ", " + one.pinpoint + (points.length ? " " + points.map(function (own) { return "(" + own[2] + ")"; }).join(", ") : ""));
    link.href = "reports/" + one.report.slug + ".html#" + encodeURI(points.length === 1 ? points[0][3] : one.ident);
    where.append(link);
    item.append(where, snippet(one.text, places), make("p", "told", [one.recommendation ? "Recommendation" : "Paragraph", one.data.d, one.data.b].filter(Boolean).join(", ")));
    list.append(item);
  });
  more.hidden = list.children.length >= state.hits.length;
}
function tell(ask, node, mask) {
  var hits = state.hits, recommendations = 0, seen = new Set(), looked = 0, at = 0;
  hits.forEach(function (unit) {
    var place = reportOf(unit);
    seen.add(place);
    recommendations += unit - starts[place] < reports[place].recommendations;
  });
  for (; at < total; at++) { looked += mask[at]; }
  var words = hits.length ? many(hits.length, "hit") + " in " + many(seen.size, "report") + ": " + many(recommendations, "recommendation") + ", " +
    many(hits.length - recommendations, "paragraph") + "; of " + many(looked, "unit") + " looked through." : "Nothing found in " + many(looked, "unit") + ".";
  (node ? leaves(node, []) : []).forEach(function (leaf) {
    var others = leaf.variants.slice(1).filter(function (one) { return one.every(rowOf); });
    if (others.length) { words += " " + leaf.words.join("-") + ": also " + others.map(function (one) { return one.join(" "); }).join(", ") + "."; }
  });
  told.textContent = words;
}
function positive(node, out) {
  if (node.words) { out.push(node); } else if (!node.not) { (node.and || node.or).forEach(function (one) { positive(one, out); }); }
  return out;
}
async function search() {
  var mine = ++turn, ask = asked(), node = read(ask.q);
  list.textContent = "";
  more.hidden = true;
  if (!FIELDS.some(function (name) { return name !== "sort" && ask[name]; })) { told.textContent = many(total, "unit") + " in " + many(reports.length, "report") + " can be searched."; return; }
  if (ask.q && !node) { told.textContent = "There is no word to look for."; return; }
  told.textContent = "Searching …";
  try {
    if (node) { await Promise.all(leaves(node, []).map(prepare)); }
    var mask = await allowed(ask);
    if (mine !== turn) { return; }
    var marked = node ? positive(node, []) : [];
    state = {
      hits: ranked(node ? setOf(node) : null, mask, ask.sort === "date"),
      marks: [].concat.apply([], marked.map(function (leaf) { return leaf.variants.map(function (words) { return { words: words, prefix: leaf.prefix }; }); }))
    };
    await show(mine);
    if (mine === turn) { tell(ask, node, mask); list.dataset.query = ask.q; }
  } catch (error) {
    if (mine !== turn) { return; }
    told.textContent = error.message === "wide" ? "Too many words begin so: write more letters before the *." :
      error.message === "old" ? "The site was made anew meanwhile: load the page again." : "A part of the search cannot be loaded (" + error.message + ").";
  }
}

/* The address, and keys. */
function toAddress() {
  var ask = asked(), found = new URLSearchParams();
  FIELDS.forEach(function (name) { if (ask[name]) { found.set(name, ask[name]); } });
  try { history.replaceState(null, "", "search.html" + (found.size ? "?" + found : "")); } catch (error) { /* some browsers forbid it on a disk */ }
}
function fromAddress() {
  var found = new URLSearchParams(location.search);
  FIELDS.forEach(function (name) { form.elements[name].value = found.get(name) || ""; });
  if (FIELDS.some(function (name) { return name !== "q" && found.get(name); }) || window.innerWidth > 800) { doc.getElementById("filters").open = true; }
  else { doc.getElementById("filters").open = false; }
}
function begin() { toAddress(); search(); }
form.addEventListener("submit", function (event) { event.preventDefault(); begin(); });
form.addEventListener("change", function (event) { if (event.target !== query) { begin(); } });
form.addEventListener("reset", function (event) {
  event.preventDefault();
  FIELDS.forEach(function (name) { if (name !== "q") { form.elements[name].value = ""; } });
  begin();
});
more.addEventListener("click", function () {
  var first = list.children.length;
  show(turn).then(function () { if (list.children[first]) { list.children[first].querySelector("a").focus(); } });
});
doc.addEventListener("keydown", function (event) {
  var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (event.key === "/" && !typing) { event.preventDefault(); query.focus(); query.select(); return; }
  if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || (typing && event.target !== query)) { return; }
  var links = Array.from(list.querySelectorAll(".where a")), at = links.indexOf(doc.activeElement), next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (!links.length || (at < 0 && event.target !== query)) { return; }
  event.preventDefault();
  if (next < 0) { query.focus(); } else if (next < links.length) { links[next].focus(); } else if (!more.hidden) { more.focus(); }
});
window.addEventListener("pageshow", function (event) { if (event.persisted && starts) { search(); } });

load("table").then(function (table) {
  starts = [0];
  table.reports.forEach(function (row) {
    reports.push({ slug: row[0], year: row[1], body: row[2], recommendations: row[3], cuts: row[5] || [] });
    total += row[3] + row[4];
    starts.push(total);
  });
  form.hidden = false;
  doc.getElementById("keys").hidden = false;
  fromAddress();
  query.focus();
  search();
}, function () { told.textContent = "The search cannot be loaded."; });
})();
