(() => {
"use strict";
const $ = id => document.getElementById(id), all = (q, e) => [...(e || document).querySelectorAll(q)];
const body = document.body, form = $("saring"), sorts = {};
document.documentElement.classList.add("on");
const at = Date.parse(body.dataset.at), days = Math.floor((Date.now() - at) / 864e5);
if (days >= +body.dataset.limit) {
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const due = all("[data-due]").filter(c => c.dataset.due < today).length;
  $("basi").textContent = `Papan basi: sudah ${days.toLocaleString("id")} hari tidak ada kabar baru. Bila itu tidak wajar, periksa apakah pemantau berjalan.` +
    (due ? ` Sementara itu ${due} formulir melewati tenggatnya.` : "");
  $("basi").hidden = false;
}
if (!form) return;
const fields = ["cari", "unit", "keadaan", "tw"].map($);
const tables = all("table[id]").map(t => ({id: t.id, table: t, body: t.tBodies[0], rows: [...t.tBodies[0].rows], heads: all("th[data-k]", t)}));
const text = new Map(all("tr[data-u]").map(r => [r, r.textContent.toLowerCase()]));
const said = f => f.value && (f.options ? `${f.parentNode.firstChild.data.toLowerCase()} ${f.selectedOptions[0].text}` : `kata “${f.value.trim()}”`);
const show = () => {
  const [cari, unit, keadaan, tw] = fields.map(f => f.value), q = cari.trim().toLowerCase();
  const states = keadaan.split(" "), fits = new Set(), names = new Set(), count = {};
  for (const r of $("kiriman").tBodies[0].rows)
    if ((!unit || r.dataset.u === unit) && (!keadaan || [...r.cells].some((c, n) => states.some(s => c.classList.contains("s-" + s)) && (!tw || n == tw)))) fits.add(r.dataset.u);
  for (const r of all("#iku tr[data-u],#indikator tr[data-u]")) if (text.get(r).includes(q)) names.add(r.dataset.u);
  for (const t of tables) {
    const whole = t.id === "kiriman" || t.id === "capaian";
    count[t.id] = 0;
    for (const r of t.rows) {
      r.hidden = !(fits.has(r.dataset.u) && (text.get(r).includes(q) || (whole && names.has(r.dataset.u))));
      count[t.id] += !r.hidden;
    }
  }
  $("kiriman").dataset.tw = tw;
  const chosen = fields.map(said).filter(Boolean).join(", ");
  const total = tables.reduce((n, t) => ({...n, [t.id]: t.rows.length}), {});
  $("jumlah").textContent = `Ditampilkan ${count.kiriman} dari ${total.kiriman} unit dan ${(count.iku || 0) + (count.indikator || 0)} dari ${(total.iku || 0) + (total.indikator || 0)} indikator${chosen ? `: ${chosen}` : ""}.`;
  form.classList.toggle("used", !!chosen);
};
const number = cell => parseFloat(cell.firstChild.textContent.replace(/\./g, "").replace(",", "."));
const sort = (t, column, way) => {
  const rows = [...t.rows], kind = way && t.heads.find(h => h.cellIndex === column).dataset.k, sign = way === "turun" ? -1 : 1;
  if (way) rows.sort((a, b) => {
    const [x, y] = [a.cells[column], b.cells[column]];
    if (!kind) return sign * x.textContent.localeCompare(y.textContent, "id");
    const [n, m] = [number(x), number(y)];
    return isNaN(n) || isNaN(m) ? isNaN(n) - isNaN(m) : sign * (n - m);
  });
  t.body.append(...rows);
  for (const h of t.heads) h.cellIndex === column && way ? h.setAttribute("aria-sort", way === "naik" ? "ascending" : "descending") : h.removeAttribute("aria-sort");
  if (way) sorts[t.id] = `${column}.${way}`; else delete sorts[t.id];
};
const keep = () => {
  const told = new URLSearchParams(fields.filter(f => f.value).map(f => [f.id, f.value]));
  for (const id in sorts) told.set("urut-" + id, sorts[id]);
  history.replaceState(null, "", "#" + told);
};
const recall = () => {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const f of fields) { f.value = told.get(f.id) || ""; if (f.selectedIndex < 0) f.value = ""; }
  for (const t of tables) {
    const [column, way] = (told.get("urut-" + t.id) || "").split(".");
    sort(t, +column, t.heads.some(h => h.cellIndex == column) && /^(naik|turun)$/.test(way) ? way : "");
  }
  show();
};
const roles = {TABLE: "table", TR: "row", TD: "cell"};
for (const e of all(".grid,.cards,.grid tr,.cards tr,.grid td,.cards td")) e.setAttribute("role", roles[e.tagName]);
for (const e of all(".grid th,.cards th")) e.setAttribute("role", e.scope === "row" ? "rowheader" : "columnheader");
for (const t of tables) for (const h of t.heads) {
  const b = document.createElement("button");
  b.type = "button";
  b.append(...h.childNodes);
  h.append(b);
  b.onclick = () => { const now = h.getAttribute("aria-sort"); const way = now === "ascending" ? "turun" : now ? "" : "naik"; sort(t, h.cellIndex, way); keep();
    $("kabar").textContent = way ? `${t.table.caption.textContent.split(/[.;]/)[0]}: diurutkan ${way} menurut ${b.textContent}.` : "Urutan semula."; };
}
form.oninput = () => { show(); keep(); };
form.onsubmit = () => false;
form.onreset = () => setTimeout(() => { for (const f of fields) f.value = ""; show(); keep(); });
for (const a of all('a[href^="#"]')) a.onclick = () => {
  const place = a.hash.slice(1), told = place.includes("=") && new URLSearchParams(place);
  if (told) { for (const f of fields) f.value = told.get(f.id) || ""; show(); keep(); }
  $(told ? "h-kiriman" : place).focus();
  return false;
};
window.onhashchange = recall;
recall();
})();
