// The board of a workshop: the door, who has answered, the rounds, what they come to, what is parked.

function RoundControls({ content }) {
  const { words, dispatch } = useScreen();
  const [closing, setClosing] = useState(false);
  const open = (about) => dispatch({ do: "open_round", about });
  const close = () => { setClosing(false); dispatch({ do: "close_round" }); };
  return html`<section class="card"><h2>${content.state}</h2><p class="help">${content.privacy}</p>
    ${content.rounds.length > 0 && html`<ul class="plain small">${content.rounds.map((line) => html`
      <li key=${line}>${line}</li>`)}</ul>`}
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

// How long the room has. A clock that starts again counts from that moment.
function RoomTime({ time, agenda }) {
  const { words, dispatch } = useScreen();
  const put = (minutes, begun = false) => dispatch({ do: "timetable", minutes, begun });
  return html`<section class="card room-time"><div class="row">
      <${TextField} type="number" min="5" max="600" whole label=${words.minutes_we_have} value=${time.minutes ?? ""}
        commit=${(text) => put(Math.min(Math.max(Math.round(Number(text)), 0), 600) || null)} />
      ${time.minutes && html`<${Button} onClick=${() => put(time.minutes, true)}>
        ${time.ends ? words.start_clock_again : words.start_clock}<//>`}</div>
    <p><span>${agenda}</span><${RoomClock} time=${time} /></p></section>`;
}

// Long addresses break before their last part, which is the one to type with care.
function Address({ text }) {
  const end = text.lastIndexOf("/") + 1;
  return html`${text.slice(0, end)}<wbr />${text.slice(end)}`;
}

// For the last row: the code, the address, and how many have answered. Nobody's name.
function DoorStage({ content, close }) {
  const { words } = useScreen();
  const { door, answered } = content;
  return html`<${Stage} title=${words.join_here} close=${close}><div class="door-stage">
    <img src=${door.picture} alt=${words.room_code} />
    <div><p class="address"><${Address} text=${door.address} /></p>
      <p class="count num" role="status">${answered}</p></div></div><//>`;
}

function RoomDoor({ content }) {
  const { words } = useScreen();
  const [shown, show] = useState(false);
  const { door } = content;
  return door && html`<section class="card door"><img src=${door.picture} alt=${words.room_code} />
    <div><h2>${words.join_here}</h2><p class="lead"><${Address} text=${door.address} /></p>
      <${Button} onClick=${() => show(true)}>${words.full_screen}<//></div>
    ${shown && html`<${DoorStage} content=${content} close=${() => show(false)} />`}</section>`;
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
  return html`<li class="card outcome" data-key=${row.key}><header><h3><button type="button" class="link"
      onClick=${() => open(row.key)}>${row.title}</button> <span class="small muted">${row.area}</span></h3>
      ${row.time && html`<span class="small muted num">${row.time}</span>`}
      <${Chip} tone=${row.tone} sign=${row.sign}>${row.text}<//></header>
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

function Outcomes({ content, talk }) {
  const { words } = useScreen();
  const { outcomes } = content;
  if (!outcomes.length && !content.outcomes_note) return null;
  return html`<section class="came"><header class="row between"><h2>${words.what_came_of_it}</h2>
      ${outcomes.length > 0 && html`<${Button} kind="primary"
        onClick=${() => talk(outcomes[0].key)}>${words.discuss}<//>`}</header>
    ${outcomes.length > 0 && html`<${RoomTime} time=${content.time} agenda=${content.agenda} />`}
    ${content.outcomes_note && html`<p class="help" role="status">${content.outcomes_note}</p>`}
    <ul class="plain outcomes">${outcomes.map((row) => html`<${Outcome} key=${row.key} row=${row}
      open=${talk} />`)}</ul></section>`;
}

function WorkshopTab({ content }) {
  const [talking, setTalking] = useState(null);
  return html`<div class="workshop"><div class="column"><${RoundControls} content=${content} />
      <${RoomDoor} content=${content} /><${Participants} content=${content} /></div>
    <div class="column"><${Outcomes} content=${content} talk=${setTalking} />
      <${Parked} items=${content.parked} /></div></div>
    ${talking && html`<${Discussion} rows=${content.outcomes} time=${content.time} start=${talking}
      close=${() => setTalking(null)} />`}`;
}
