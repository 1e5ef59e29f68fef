// The board of a workshop: the door, who has answered, the rounds, what they come to, what is parked.

function RoundControls({ content }) {
  const { words, dispatch } = useScreen();
  const [closing, setClosing] = useState(false);
  const open = (about) => dispatch({ do: "open_round", about });
  const close = () => { setClosing(false); dispatch({ do: "close_round" }); };
  return html`<section class="card"><h2>${content.state}</h2><p class="help">${content.privacy}</p>
    ${content.first && html`<${Check} label=${words.without_names} checked=${content.anonymous}
      toggle=${(hidden) => dispatch({ do: "names", shown: !hidden })} />`}
    <div class="row">${content.open && !closing && html`<${Button} kind="primary"
        onClick=${() => setClosing(true)}>${words.close_round}<//>`}
      ${closing && content.open && html`<span>${words.close_round_ask}</span><${Button} kind="primary"
        onClick=${close}>${words.close_round}<//><${Button} onClick=${() => setClosing(false)}>${words.cancel}<//>`}
      ${!content.open && html`<${Button} kind=${content.first ? "primary" : ""} onClick=${() => open("all")}>
        ${words.open_round_all}<//>`}
      ${!content.open && !content.first && content.still_open > 0 && html`<${Button} kind="primary"
        onClick=${() => open("open")}>${fill(words.open_round_open, { count: content.still_open })}<//>`}
    </div></section>`;
}

function RoomDoor({ door }) {
  const { words } = useScreen();
  return door && html`<section class="card door"><img src=${door.picture} alt=${words.room_code} />
    <div><h2>${words.join_here}</h2><p class="lead">${door.address}</p></div></section>`;
}

function Participants({ content }) {
  const { parties, words, dispatch } = useScreen();
  const silent = content.people.filter(({ asked }) => !asked).map(({ id }) => id);
  return html`<section class="card"><header class="row between"><h2>${words.who_is_asked}</h2>
      <span class="small muted">${content.answered}</span>
      ${silent.length > 0 && html`<${Button} onClick=${() => dispatch({ do: "ask", people: silent, asked: true })}>
        ${words.ask_everybody}<//>`}</header>
    <ul class="participants plain">${content.people.map((person) => html`<li key=${person.id} class="row">
      <${Avatar} party=${parties.by[person.id]} /><span class="grow">${parties.by[person.id].name}</span>
      ${person.text && html`<${Chip} tone=${person.tone} sign=${person.sign}>${person.text}<//>`}
      <${Check} label=${words.is_asked} checked=${person.asked}
        toggle=${(asked) => dispatch({ do: "ask", people: [person.id], asked })} /></li>`)}</ul></section>`;
}

function Outcome({ row, open }) {
  const { parties, words } = useScreen();
  const owner = row.decision && parties.by[row.decision.owner];
  return html`<li class="card outcome" data-key=${row.key}><header><h3><button type="button" class="link"
      onClick=${() => open(row.key)}>${row.title}</button> <span class="small muted">${row.area}</span></h3>
      ${owner ? html`<${Chip} tone="ready" sign="✓">${words.decided} ${owner.name}<//>`
        : html`<${Chip} tone=${row.tone} sign=${row.sign}>${row.text}<//>`}</header>
    <${Shares} row=${row} /><p class="small muted">${row.notes.join(" ")}</p></li>`;
}

function Parked({ items }) {
  const { words, dispatch } = useScreen();
  const [text, setText] = useState("");
  const done = (event) => {
    event.preventDefault();
    if (text.trim()) dispatch({ do: "park", id: newEdit(), text: text.trim() });
    setText("");
  };
  return html`<section class="card"><h2>${words.parking_lot}</h2>
    <ul class="plain">${items.map((item) => html`<li key=${item.id}><${Check} label=${item.text}
      help=${item.by} checked=${item.settled}
      toggle=${(settled) => dispatch({ do: "settle_parked", id: item.id, settled })} /></li>`)}</ul>
    <form class="inline" onSubmit=${done}><input class="input" maxlength="500" aria-label=${words.park_this}
      placeholder=${words.park_this} value=${text} onInput=${(event) => setText(event.target.value)} />
      <button type="submit" class="btn" disabled=${!text.trim()}>${words.add}</button></form></section>`;
}

function WorkshopTab({ content }) {
  const { words } = useScreen();
  const [talking, setTalking] = useState(null);
  const { outcomes } = content;
  return html`<div class="workshop"><div class="column"><${RoundControls} content=${content} />
      <${RoomDoor} door=${content.door} /><${Participants} content=${content} /></div>
    <div class="column"><section><header class="row between"><h2>${words.what_came_of_it}</h2>
      ${outcomes.length > 0 && html`<${Button} kind="primary"
        onClick=${() => setTalking(outcomes[0].key)}>${words.discuss}<//>`}</header>
      ${content.outcomes_note && html`<p class="help" role="status">${content.outcomes_note}</p>`}
      <ul class="plain outcomes">${outcomes.map((row) => html`<${Outcome} key=${row.key} row=${row}
        open=${setTalking} />`)}</ul>
      </section><${Parked} items=${content.parked} /></div>
    ${talking && html`<${Discussion} rows=${outcomes} start=${talking} close=${() => setTalking(null)} />`}</div>`;
}
