// One subject or question at a time, large: for a room that looks at a projector. A name, Tab, Enter:
// the next one comes.

function FocusedCard({ card }) {
  return html`<header><h2>${card.title}</h2>
      <${Chip} tone=${card.chip.tone} sign=${card.chip.sign}>${card.chip.text}<//></header>
    <${CardBody} card=${card} autofocus brief />`;
}

function FocusedQuestion({ group }) {
  return html`<header><h2>${group.title}</h2></header>
    ${group.per ? html`<${Instances} group=${group} />` : html`<${Question} item=${group.items[0]} />`}`;
}

function goesOn(event) {
  if (event.defaultPrevented || event.key !== "Enter" || event.target.getAttribute("role") !== "combobox") return false;
  return event.target.getAttribute("aria-expanded") === "false" && !event.target.hasAttribute("aria-invalid");
}

function FocusedPage({ page }) {
  const { words, focus, setFocus, go } = useScreen();
  const stops = [...page.cards.order, ...page.questions.map(({ key }) => key)];
  const [at, setAt] = useState(page.start ?? stops[0]);
  const index = Math.max(stops.indexOf(at), 0);
  const body = useRef();
  const walk = (way) => {
    if (stops[index + way]) setAt(stops[index + way]);
    else if (way > 0 && page.onward) go(page.onward.to);
  };
  useEffect(() => {
    // A question that is asked of each system is one stop.
    const target = focus && [focus, focus.split("/")[0]].find((key) => stops.includes(key));
    if (target) { setAt(target); setFocus(null); }
  }, [focus]);
  useEffect(() => {
    body.current.querySelector(".focused-body").scrollTop = 0;
    if (page.cards.by[at]) return;
    body.current.querySelector(".focused-body :is(input, select)")?.focus({ preventScroll: true });
  }, [at]);
  const onKeyDown = (event) => {
    const way = event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : goesOn(event) ? 1 : 0;
    if (!way) return;
    event.preventDefault();
    walk(way);
  };
  const group = page.questions.find(({ key }) => key === stops[index]);
  return html`<div class="focused" ref=${body} onKeyDown=${onKeyDown}>
    <header><h1 tabindex="-1">${page.heading}</h1><span class="num muted">${fill(words.count_of,
      { number: index + 1, total: stops.length })}</span></header>
    <div class="focused-body" key=${stops[index]}>${group ? html`<${FocusedQuestion} group=${group} />`
      : html`<${FocusedCard} card=${page.cards.by[stops[index]]} />`}</div>
    <div class="row"><${Button} disabled=${index === 0} data-repeats onClick=${() => walk(-1)}>← ${words.previous}<//>
      <${Button} kind="primary" data-repeats
        onClick=${() => walk(1)}>${index + 1 < stops.length ? words.next : page.onward.text} ↵<//>
      <span class="small muted">${words.keys_help}</span></div></div>`;
}
