// The ownership map: focal points × parties. A click puts the letter that was chosen before, a letter
// key its own, and only who asks for it removes one; a mark can be dragged to another cell. Rows
// redraw alone, so that 60 × 60 stays quick.

const REMOVE = "remove";
const EVERYTHING = { text: "", party: "", state: "all", sort: "area", columns: "unit", involved: false };
const LETTERS = "ARCI";
const FEW = 16; // columns whose names have room to lie
const STATES = ["owned", "contested", "orphan", "open"];

const inOrder = (roles) => [...LETTERS].filter((letter) => roles.includes(letter)).join("");

function withLetter(roles, letter) {
  return inOrder(roles + letter);
}

const MapCell = memo(({ roles, votes, party, tab, title }) => html`<td role="gridcell" data-party=${party}
  tabindex=${tab ? 0 : -1} class=${`cell ${roles ? "set" : votes ? "voted" : ""}`} aria-label=${title}>
  ${roles ? roles.split("").map((letter) => html`<span key=${letter} class=${`role role-${letter}`}
    draggable="true">${letter}</span>`)
    : votes ? html`<span class="role role-vote">${votes}</span>` : null}</td>`);

const MapRow = memo(({ row, cells, columns, at, words }) => html`<tr data-row=${row.key} class=${`state-${row.state}`}>
  <th scope="row" class="point"><span class="map-title">${row.title}</span>
    <span class=${`map-state tone-${row.chip.tone}`} title=${row.chip.text}>
      <span aria-hidden="true">${row.chip.sign}</span> ${row.chip.text}</span></th>
  ${columns.map((column) => {
    const cell = columnCell(cells, column);
    return html`<${MapCell} key=${column.key} party=${column.key} roles=${cell.roles} votes=${cell.votes}
      tab=${at === column.key} title=${cellTitle(cell, words)} />`;
  })}</tr>`);

const NO_CELL = { roles: "", votes: 0 };

function columnCell(cells, column) {
  if (!column.members) return cells[column.key] ?? NO_CELL;
  const filled = column.members.map((key) => cells[key]).filter(Boolean);
  if (!filled.length) return NO_CELL;
  const roles = "ADRCI".split("").filter((letter) => filled.some((cell) => cell.roles.includes(letter))).join("");
  return { roles, votes: filled.reduce((sum, cell) => sum + (cell.votes ?? 0), 0) };
}

function cellTitle(cell, words) {
  if (cell.roles) return cell.roles.split("").map((letter) => words.roles[letter]).join(", ");
  return cell.votes ? fill(words.votes_for, { count: cell.votes }) : undefined;
}

// What is shown before the kernel has answered everything: the answer to a first press must not
// take back a second one, and the next press goes on from what is shown.
function useDrafts(rows, busy) {
  const [drafts, setDrafts] = useState({});
  const held = useRef(drafts);
  const put = (next) => { held.current = next; setDrafts(next); };
  // At once: an effect that waits for a frame would take back what was pressed since.
  useLayoutEffect(() => { if (!busy && Object.keys(held.current).length) put({}); }, [rows, busy]);
  const draft = (changes) => {
    const next = { ...held.current };
    changes.forEach(([key, party, roles]) => {
      const cells = { ...(next[key] ?? rows[key].cells) };
      if (roles.includes("A")) {
        Object.keys(cells).forEach((other) => {
          if (other !== party) cells[other] = { roles: cells[other].roles.replace("A", "") };
        });
      }
      cells[party] = { roles };
      next[key] = cells;
    });
    put(next);
  };
  return [drafts, draft, held];
}

function visibleRows(content, filter) {
  const wanted = plain(filter.text);
  const rank = { orphan: 0, contested: 1, open: 2, owned: 3, out: 4 };
  const rows = content.order.map((key) => content.rows[key])
    .filter((row) => filter.state === "all" || row.state === filter.state)
    .filter((row) => !wanted || plain(row.title).includes(wanted));
  if (filter.sort === "name") rows.sort((a, b) => a.title.localeCompare(b.title));
  if (filter.sort === "state") rows.sort((a, b) => rank[a.state] - rank[b.state]);
  if (filter.held) rows.sort((a, b) => filter.held.indexOf(a.key) - filter.held.indexOf(b.key));
  return rows;
}

function byUnit(columns, none) {
  const units = new Map();
  columns.forEach((column) => {
    const name = column.unit || none;
    units.set(name, [...(units.get(name) ?? []), column.key]);
  });
  return [...units].map(([name, members]) => ({ key: `unit:${name}`, name, unit: "", members }));
}

function visibleColumns(content, filter, words) {
  const wanted = plain(filter.party);
  let columns = content.columns.filter((column) => !wanted || plain(`${column.name} ${column.unit}`).includes(wanted));
  const load = (key) => content.order.filter((row) => content.rows[row].cells[key]?.roles.includes("A")).length;
  if (filter.involved) columns = columns.filter(({ key }) => content.order.some((row) => content.rows[row].cells[key]));
  if (filter.columns === "team") return byUnit(columns, words.no_unit);
  if (filter.columns === "load") {
    const loads = new Map(columns.map(({ key }) => [key, load(key)]));
    columns = [...columns].sort((a, b) => loads.get(b.key) - loads.get(a.key));
  }
  if (filter.columns === "name") columns = [...columns].sort((a, b) => a.name.localeCompare(b.name));
  return columns;
}

// What a click puts. To remove is a choice of its own.
function MapLetters({ letter, choose, fixed }) {
  const { words } = useScreen();
  const options = [...LETTERS].map((key) => ({ key, title: html`<b>${key}</b> ${words.roles[key]}` }));
  if (fixed) return null;
  return html`<div class="map-letters"><${Segments} label=${words.click_puts} value=${letter}
    options=${[...options, { key: REMOVE, title: html`<b>✕</b> ${words.remove}` }]}
    choose=${(key) => key && choose(key)} /></div>`;
}

// What the last change took away, over the map, so that nothing moves under the pointer.
function MapNotice({ notice }) {
  const { words, dispatch } = useScreen();
  return html`<div class="map-lost" role="status">${notice && html`<span>${notice.sign} ${notice.text}</span>
    <${Button} onClick=${() => dispatch({ do: "undo" })}>↶ ${words.undo}<//>`}</div>`;
}

function MapTools({ filter, set, counts }) {
  const { words } = useScreen();
  const counted = STATES.map((key) => ({ key, title: `${words.states[key]} ${counts[key] ?? 0}` }));
  const states = [{ key: "all", title: words.all }, ...counted];
  return html`<div class="map-tools"><${Segments} label=${words.show} hidden value=${filter.state} options=${states}
      choose=${(state) => state && set({ state })} />
    <label class="tool"><span>${words.focal_point}</span><input class="input" type="search" placeholder=${words.filter}
      value=${filter.text} onInput=${(event) => set({ text: event.target.value })} /></label>
    <label class="tool"><span>${words.party}</span><input class="input" type="search" placeholder=${words.filter}
      value=${filter.party} onInput=${(event) => set({ party: event.target.value })} /></label>
    <label class="tool"><span>${words.sort_rows}</span><select class="input" value=${filter.sort}
      onChange=${(event) => set({ sort: event.target.value })}>${words.row_orders.map(({ key, title }) => html`
      <option key=${key} value=${key}>${title}</option>`)}</select></label>
    <label class="tool"><span>${words.columns}</span><select class="input" value=${filter.columns}
      onChange=${(event) => set({ columns: event.target.value })}>${words.column_orders.map(({ key, title }) => html`
      <option key=${key} value=${key}>${title}</option>`)}</select></label>
    <${Check} label=${words.only_involved} checked=${filter.involved}
      toggle=${(involved) => set({ involved })} /></div>`;
}

// How many letters a name needs beside each other, so that no word of it is broken.
const longestWord = (name) => Math.max(...name.split(/[\s-]+/).map((word) => word.length));

function MapHead({ columns, teams }) {
  const { words } = useScreen();
  const groups = [];
  if (teams) {
    columns.forEach((column) => {
      const last = groups[groups.length - 1];
      if (last && last.unit === column.unit) last.span += 1;
      else groups.push({ unit: column.unit, span: 1, key: column.key });
    });
  }
  return html`<thead>${groups.length > 0 && html`<tr class="units"><td></td>${groups.map((group) => (group.unit
      ? html`<th key=${group.key} scope="colgroup" colspan=${group.span} title=${group.unit}>
        <span>${group.unit}</span></th>`
      : html`<td key=${group.key} colspan=${group.span}></td>`))}</tr>`}
    <tr><th scope="col" class="corner">${words.focal_point}</th>${columns.map((column) => html`
      <th key=${column.key} scope="col" class="party" title=${column.name}>
        <span style=${{ "--letters": longestWord(column.name) }}>${column.name}</span></th>`)}</tr></thead>`;
}

function OwnershipMap({ content, notice, heading }) {
  const { words, dispatch, go } = useScreen();
  const busy = useBusy();
  const [filter, setFilter] = useState(EVERYTHING);
  const [letter, setLetter] = useState("A");
  const [shows, show] = useState(null);
  const [at, setAt] = useState(null);
  const [drafts, draft, held] = useDrafts(content.rows, busy);
  const table = useRef();
  const dragged = useRef(null);
  const rows = useMemo(() => visibleRows(content, filter), [content.rows, filter]);
  const byRows = filter.involved || filter.columns === "load";
  const columns = useMemo(
    () => visibleColumns(content, filter, words), [content.columns, filter, byRows ? content.rows : null],
  );
  const fixed = filter.columns === "team";
  const counts = {};
  content.order.forEach((key) => { const { state } = content.rows[key]; counts[state] = (counts[state] ?? 0) + 1; });
  const here = at && rows.some(({ key }) => key === at[0]) && columns.some(({ key }) => key === at[1]) ? at
    : rows.length && columns.length ? [rows[0].key, columns[0].key] : null;

  const rolesAt = (key, party) => (held.current[key] ?? content.rows[key].cells)[party]?.roles ?? "";
  const send = (changes, command) => {
    draft(changes);
    dispatch({ do: "map", ...command });
  };
  const put = (key, party, roles) => {
    const mine = inOrder(rolesAt(key, party));
    if (fixed || withLetter(mine, roles) === mine) return;
    send([[key, party, withLetter(mine, roles)]], { focal_point: key, party, roles });
  };
  const take = (key, party, roles) => {
    const mine = inOrder(rolesAt(key, party));
    const rest = [...mine].filter((role) => !roles.includes(role)).join("");
    if (fixed || rest === mine) return;
    send([[key, party, rest]], { focal_point: key, party, roles, remove: true });
  };
  // What a click or Enter does; `mark` is the letter under the pointer.
  const press = (key, party, mark = "") => {
    if (letter !== REMOVE) put(key, party, letter);
    else take(key, party, mark && LETTERS.includes(mark) ? mark : LETTERS);
  };
  const focus = (key, party) => {
    setAt([key, party]);
    table.current.querySelector(`tr[data-row="${CSS.escape(key)}"] td[data-party="${CSS.escape(party)}"]`)?.focus();
  };
  const place = (event) => {
    const cell = event.target.closest?.("td.cell");
    return cell ? [cell.closest("tr").dataset.row, cell.dataset.party] : null;
  };
  const onKeyDown = (event) => {
    const spot = place(event);
    if (!spot || event.ctrlKey || event.metaKey || event.altKey) return;
    const [key, party] = spot;
    const r = rows.findIndex((row) => row.key === key), c = columns.findIndex((column) => column.key === party);
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const typed = event.key.length === 1 ? event.key.toUpperCase() : "";
    if (step) focus(rows[Math.min(Math.max(r + step[0], 0), rows.length - 1)].key,
      columns[Math.min(Math.max(c + step[1], 0), columns.length - 1)].key);
    else if (event.key === "Home") focus(key, columns[0].key);
    else if (event.key === "End") focus(key, columns[columns.length - 1].key);
    else if (event.key === "Enter" || event.key === " ") press(key, party);
    else if (event.key === "Delete" || event.key === "Backspace") take(key, party, LETTERS);
    else if (typed && LETTERS.includes(typed)) put(key, party, typed);
    else return;
    event.preventDefault();
  };
  const onClick = (event) => {
    const spot = place(event);
    if (!spot) return;
    setAt(spot);
    press(spot[0], spot[1], event.target.closest(".role")?.textContent);
  };
  const onDragStart = (event) => {
    const spot = place(event);
    if (!spot || fixed || event.target.textContent === "D") { event.preventDefault(); return; }
    dragged.current = [...spot, event.target.textContent];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", event.target.textContent);
  };
  const onDrop = (event) => {
    const spot = place(event);
    const from = dragged.current;
    dragged.current = null;
    if (!spot || !from || (spot[0] === from[0] && spot[1] === from[1])) return;
    event.preventDefault();
    const [key, party, moved] = from;
    send(
      [[key, party, inOrder(rolesAt(key, party)).replace(moved, "")], [...spot, withLetter(rolesAt(...spot), moved)]],
      { focal_point: spot[0], party: spot[1], roles: moved, source: { focal_point: key, party } },
    );
  };
  if (!content.columns.length) return html`<div class="empty"><p>${words.no_parties}</p>
    <${Button} kind="primary" onClick=${() => go("start")}>${words.to_people}<//></div>`;
  const usual = useRef(filter);
  const fillScreen = () => {
    usual.current = filter;
    // Problems come first, and no row moves under the pointer while the room settles them.
    const order = visibleRows(content, { ...filter, sort: "state" }).map(({ key }) => key);
    setFilter({ ...filter, held: order, involved: true });
    show("map");
  };
  const leave = () => { setFilter(usual.current); show(null); };
  const letters = html`<${MapLetters} letter=${letter} choose=${setLetter} fixed=${fixed} />`;
  const grid = html`<${MapNotice} notice=${notice} />
    <div class="map-frame" role="region" aria-label=${words.map} tabindex="0">
      <table ref=${table} class="grid" role="grid" data-columns=${columns.length <= FEW ? "few" : "many"}
        style=${{ "--columns": columns.length, "--rows": rows.length }}
        aria-rowcount=${rows.length} onKeyDown=${onKeyDown} onClick=${onClick}
        onDragStart=${onDragStart} onDragOver=${(event) => dragged.current && event.preventDefault()} onDrop=${onDrop}>
        <${MapHead} columns=${columns} teams=${filter.columns === "unit"} />
        <tbody>${rows.map((row) => html`<${MapRow} key=${row.key} row=${row} cells=${drafts[row.key] ?? row.cells}
          columns=${columns} at=${here && here[0] === row.key ? here[1] : null} words=${words} />`)}</tbody></table>
      ${!rows.length && html`<p class="empty">${words.no_rows}</p>`}</div>`;
  if (shows === "map") return html`<${Stage} title=${heading} close=${leave} tools=${letters}>${grid}<//>`;
  return html`<div class="row between map-top">${letters}<span class="row">
      <${Button} onClick=${() => show("reveal")}>${words.reveal}<//>
      <${Button} onClick=${fillScreen}>${words.full_screen}<//>
      <${Button} onClick=${() => window.print()}>${words.print}<//></span></div>
    <${MapTools} filter=${filter} set=${(part) => setFilter({ ...filter, ...part })} counts=${counts} />
    <p class="hint map-help">${fixed ? words.map_read_only : words.map_help}</p>
    ${grid}
    ${shows === "reveal" && html`<${Reveal} content=${content} heading=${heading} close=${() => show(null)} />`}`;
}
