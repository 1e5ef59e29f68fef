// What the whole room looks at: the map over the whole screen, and the moment in which subject after
// subject shows who owns it.

function Stage({ title, close, children, onKeyDown, tools }) {
  const { words } = useScreen();
  const stage = useRef();
  const id = useId("stage");
  useEffect(() => { if (!stage.current.open) stage.current.showModal(); }, []);
  return html`<dialog ref=${stage} class="stage" aria-labelledby=${id} onClose=${close} onKeyDown=${onKeyDown}>
    <header><h2 id=${id}>${title}</h2>${tools}
      <${Button} onClick=${() => stage.current.close()}>✕ ${words.close}<//></header>${children}</dialog>`;
}

const WAYS = {
  ArrowRight: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, PageUp: -1, End: Infinity, Home: -Infinity,
};

function RevealTile({ row, shown, latest }) {
  return html`<li class=${`reveal-tile ${shown ? `state-${row.state}` : "veiled"} ${latest ? "latest" : ""}`}>
    <strong>${row.title}</strong>
    <span class=${shown ? `tone-${row.chip.tone}` : "muted"}>${shown
      ? html`<span aria-hidden="true">${row.chip.sign}</span> ${row.chip.text}` : "…"}</span></li>`;
}

function Reveal({ content, heading, close }) {
  const { words } = useScreen();
  const rows = content.order.map((key) => content.rows[key]).filter(({ state }) => state !== "out");
  const [count, setCount] = useState(0);
  const move = (way) => setCount((now) => Math.min(Math.max(now + way, 0), rows.length));
  const onKeyDown = (event) => {
    const way = WAYS[event.key];
    const pressed = [" ", "Enter"].includes(event.key) && event.target.closest("button");
    if (!way || pressed || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(way);
  };
  const latest = rows[count - 1];
  const areas = [...new Set(rows.map(({ area }) => area))];
  const shown = new Set(rows.slice(0, count));
  const tally = STATES.map((key) => [key, [...shown].filter(({ state }) => state === key).length]);
  const title = count === rows.length ? heading : words.reveal_title;
  return html`<${Stage} title=${title} close=${close} onKeyDown=${onKeyDown}
    tools=${html`<${Button} disabled=${!count} data-repeats onClick=${() => move(-1)}>← ${words.previous}<//>
      <${Button} kind="primary" disabled=${count === rows.length} data-repeats
        onClick=${() => move(1)}>${words.next} →<//>`}>
    <div class="reveal">${areas.map((area) => html`<section key=${area}><h3>${content.areas[area]}</h3>
      <ul>${rows.filter((row) => row.area === area).map((row) => html`<${RevealTile} key=${row.key} row=${row}
        shown=${shown.has(row)} latest=${row === latest} />`)}</ul></section>`)}</div>
    <p class="row tally">${tally.map(([key, number]) => html`<span key=${key} data-state=${key}>${words.states[key]}
      <b class="num">${number}</b></span>`)}<span class="small muted">${words.reveal_keys}</span></p>
    <p class="hidden" role="status">${latest && `${latest.title}: ${latest.chip.text}`}</p><//>`;
}
