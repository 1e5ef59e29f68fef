// One subject at a time before the whole room: what people say, a clock, and what is decided.

// Draw again every so many milliseconds, while somebody looks on.
function useTick(every) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), every);
    return () => clearInterval(timer);
  }, []);
}

// Seconds since a subject came up; it runs on while the page answers.
function useElapsed(key) {
  const since = useRef({ key: null, at: 0 });
  if (since.current.key !== key) since.current = { key, at: Date.now() };
  useTick(1000);
  return Math.floor((Date.now() - since.current.at) / 1000);
}

function Clock({ seconds, minutes }) {
  const { words } = useScreen();
  const left = minutes * 60 - seconds;
  const [whole, rest] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
  const text = `${left < 0 ? "+" : ""}${whole}:${String(rest).padStart(2, "0")}`;
  return html`<span class=${`clock num ${left < 0 ? "tone-not" : ""}`} role="timer"
    aria-label=${words.time_left}>${text}</span>`;
}

// What is left of the room's time, in whole minutes: nobody should have to look away from people.
function RoomClock({ time }) {
  const { words } = useScreen();
  useTick(5000);
  if (!time.ends) return null;
  const left = Math.ceil((Date.parse(time.ends) - Date.now()) / 60_000);
  const text = left > 0 ? fill(words.minutes_left, { count: left }) : fill(words.minutes_over, { count: -left });
  return html`<span class="room-clock num" role="timer">${text} <span class="small muted">${time.until}</span></span>`;
}

function Shares({ row, decide }) {
  const { words, parties } = useScreen();
  return html`<ul class="plain shares large">${row.shares.map((share) => html`<li key=${share.key}>
    <span class="who-cell">${share.party && html`<${Avatar} party=${parties.by[share.party]} />`}
      <strong>${share.title}</strong></span>
    <i style=${{ "--share": share.share }} aria-hidden="true"></i><span class="num">${share.votes}</span>
    ${decide && share.party && html`<${Button} pressed=${row.decision?.owner === share.party}
      label=${fill(words.decide_for, { name: share.title })}
      onClick=${() => decide({ owner: share.party })}>${words.decide}<//>`}
    ${decide && share.voters.length > 0 && html`<span class="small muted voters">${share.voters.map(({ name }) => name)
      .join(", ")}</span>`}</li>`)}</ul>`;
}

// Who said otherwise may let it be written down; a note says why.
function Dissent({ row, decide }) {
  const { words } = useScreen();
  const { decision, shares } = row;
  const others = shares.filter(({ party }) => party !== decision.owner).flatMap(({ voters }) => voters);
  const written = new Map(decision.dissent.map((dissent) => [dissent.party, dissent]));
  const known = [...others, ...decision.dissent.filter(({ party }) => !others.some(({ id }) => id === party))
    .map(({ party, name }) => ({ id: party, name }))];
  const put = (entries) => decide({ dissent: entries.map(({ party, note }) => (note ? { party, note } : { party })) });
  const toggle = (id, on) => put(on ? [...decision.dissent, { party: id }]
    : decision.dissent.filter(({ party }) => party !== id));
  return html`<fieldset class="dissent"><legend>${words.who_disagrees}</legend>
    ${known.map(({ id, name }) => html`<div key=${id} class="row"><${Check} label=${name} checked=${written.has(id)}
      toggle=${(on) => toggle(id, on)} />
      ${written.has(id) && html`<${TextField} label=${`${words.fields.reason} ${name}`} value=${written.get(id).note}
        commit=${(note) => put(decision.dissent.map((each) => (each.party === id ? { ...each, note } : each)))} />`}
      </div>`)}
    <${Picker} label=${words.somebody_else_disagrees} value=${null} clears=${false} besides=${known.map(({ id }) => id)}
      choose=${(id) => toggle(id, true)} /></fieldset>`;
}

function Decision({ row, decide }) {
  const { words, nameless } = useScreen();
  const { decision } = row;
  return html`<section class="deciding"><div class="fields">
      <${Picker} label=${words.fields.owner} value=${decision?.owner} specials=${words.owner_specials}
        choose=${(owner) => decide({ owner })} />
      ${decision && html`<${Picker} label=${words.fields.deputy} value=${decision.deputy}
        specials=${words.deputy_specials} besides=${[decision.owner]} choose=${(deputy) => decide({ deputy })} />
      <${Picker} label=${words.decided_by} value=${decision.by} choose=${(by) => decide({ decided_by: by })} />
      <${DateField} label=${words.taken_on_by} value=${decision.due} commit=${(due) => decide({ due })} />`}</div>
    ${decision && !nameless && html`<${Dissent} row=${row} decide=${decide} />`}</section>`;
}

function Discussion({ rows, time, start, close }) {
  const { words, dispatch, conflicts } = useScreen();
  const [at, setAt] = useState(start);
  // Order and shares of the time stand while the room talks, whatever is decided meanwhile.
  const [order] = useState(rows.map(({ key }) => key));
  const [shares] = useState(Object.fromEntries(rows.map(({ key, minutes }) => [key, minutes])));
  const index = order.indexOf(at);
  const row = rows.find(({ key }) => key === at);
  const seconds = useElapsed(at);
  const walk = (way) => order[index + way] && setAt(order[index + way]);
  const onKeyDown = (event) => {
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
  };
  if (!row) return null;
  const decide = (set) => dispatch({ do: "decide", focal_point: row.key, set });
  return html`<${Stage} title=${row.title} close=${close} onKeyDown=${onKeyDown}
    tools=${html`<${RoomClock} time=${time} /><${Clock} seconds=${seconds} minutes=${shares[at]} />
      <span class="small muted num">${fill(words.count_of, { number: index + 1, total: order.length })}</span>
      <${Button} disabled=${index === 0} data-repeats onClick=${() => walk(-1)}>← ${words.previous}<//>
      <${Button} kind="primary" disabled=${index === order.length - 1} data-repeats
        onClick=${() => walk(1)}>${words.next} →<//>`}>
    <${Conflicts} conflicts=${conflicts.filter(({ key }) => key === `decision/${row.key}`)} />
    <div class="discussion" key=${row.key}><div><p class="row"><span class="muted">${row.area}</span>
        <${Chip} tone=${row.tone} sign=${row.sign}>${row.text}<//></p>
      ${row.help && html`<p class="help">${row.help}</p>`}<${Shares} row=${row} decide=${decide} />
      <p class="small muted">${row.notes.join(" ")}</p></div>
      <${Decision} row=${row} decide=${decide} /></div><//>`;
}
