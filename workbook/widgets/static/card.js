// One focal point: closed, it says where it stands; open, it takes the decision.

function Votes({ card, decide }) {
  const { parties, words } = useScreen();
  if (!card.votes.length) return null;
  return html`<div class="votes"><h3 class="minor">${words.named_alone}</h3><ul>${card.votes.map((vote) => {
    const party = parties.by[vote.party];
    return html`<li key=${vote.party ?? vote.title}>
      ${party ? html`<${Avatar} party=${party} />` : html`<span class="av plain" aria-hidden="true">○</span>`}
      <span class="grow"><strong>${vote.title}</strong> <span class="small muted">${vote.said_by}</span></span>
      ${party && card.owner !== vote.party && html`<${Button} onClick=${() => decide({ owner: vote.party })}
        label=${fill(words.decide_for, { name: party.name })}>${words.decide}<//>`}
    </li>`;
  })}</ul></div>`;
}

// What the group has settled: it counts here once it is taken over.
function Heritage({ card, decide }) {
  const { words } = useScreen();
  const { inherited } = card;
  return inherited && html`<p class="row"><span class="grow">⤷ ${inherited.text}</span>
    <${Button} onClick=${() => decide({ owner: inherited.owner, deputy: inherited.deputy })}>
      ${words.take_over}<//></p>`;
}

function Hints({ card, decide }) {
  const { words, dispatch } = useScreen();
  const [keeping, setKeeping] = useState(false);
  if (!card.hints.length) return null;
  return html`<ul class="hints">${card.hints.map((hint) => html`
    <li key=${hint.key} class=${`tone-${hint.tone}`}><strong aria-hidden="true">${hint.sign}</strong>
      <span class="grow">${hint.text}
      ${hint.title_of && html` <${GiveTitle} party=${hint.title_of}
        give=${(title) => dispatch({ do: "person", id: hint.title_of, set: { title } })} />`}</span>
      ${hint.lead_of && html`<${Picker} label=${words.fields.lead} value=${null}
        choose=${(lead) => dispatch({ do: "person", id: hint.lead_of, set: { lead } })} />`}
      ${hint.keep && !keeping && html`<${Button} onClick=${() => setKeeping(true)}>${words.keep_with_reason}<//>`}
      ${hint.keep && keeping && html`<${AskReason} label=${words.reason_title} button=${words.keep}
        cancel=${() => setKeeping(false)}
        give=${(reason) => { setKeeping(false); decide({ title_reason: reason }); }} />`}
    </li>`)}</ul>`;
}

function GiveTitle({ party, give }) {
  const { words } = useScreen();
  const [text, setText] = useState("");
  const done = (event) => { event.preventDefault(); if (text.trim()) give(text.trim()); };
  return html`<form class="inline" onSubmit=${done} key=${party}><input class="input" aria-label=${words.fields.title}
    placeholder=${words.fields.title} value=${text} onInput=${(event) => setText(event.target.value)} />
    <button type="submit" class="btn" disabled=${!text.trim()}>${words.save_title}</button></form>`;
}

function More({ card, decide, create }) {
  const { words } = useScreen();
  const filled = card.responsible.length + card.consulted.length + card.informed.length
    || card.evidence || card.note;
  return html`<details class="more" open=${Boolean(filled)}><summary>${words.more}</summary>
    <div class="fields three">
      ${["responsible", "consulted", "informed"].map((role) => html`<${Parties} key=${role} label=${words[role]}
        marker=${role}
        values=${card[role]} choose=${(ids) => decide({ [role]: ids })} create=${(name) => create(role, name)} />`)}
    </div>
    <div class="fields">
      <${TextField} area label=${words.fields.evidence} hint=${words.evidence_hint} value=${card.evidence}
        commit=${(text) => decide({ evidence: text || null })} />
      <${TextField} area label=${words.fields.note} value=${card.note}
        commit=${(text) => decide({ note: text || null })} />
    </div></details>`;
}

// `brief`: without what is rarely filled in while a room looks on.
function CardBody({ card, autofocus, brief = false }) {
  const { words, dispatch } = useScreen();
  const [creating, setCreating] = useState(null);
  const decide = (set) => dispatch({ do: "decide", focal_point: card.key, set });
  const create = (field, name) => setCreating({ field, name });
  const body = useRef();
  const close = () => {
    const marker = creating.field;
    setCreating(null);
    // Back to where the name was typed, so that the next key goes on from there.
    setTimeout(() => body.current?.querySelector(`[data-marker="${marker}"] input`)?.focus());
  };
  const open = card.state !== "unknown" && card.state !== "not_applicable";
  return html`<div class="card-body" ref=${body}>
    ${card.help && html`<p class="help">${card.help}</p>`}
    <div class="fields">
      <${Picker} label=${words.fields.owner} value=${card.owner} specials=${words.owner_specials} marker="owner"
        autofocus=${autofocus} choose=${(owner) => decide({ owner })} create=${(name) => create("owner", name)} />
      <${Picker} label=${words.fields.deputy} value=${card.deputy} specials=${words.deputy_specials} marker="deputy"
        besides=${card.owner ? [card.owner] : []} choose=${(deputy) => decide({ deputy })}
        create=${(name) => create("deputy", name)} />
    </div>
    ${creating && html`<${NewParty} key=${creating.field + creating.name} name=${creating.name}
      cancel=${close} add=${(party) => {
        dispatch({ do: "decide", focal_point: card.key, set: {}, create: { field: creating.field, party } });
        close();
      }} />`}
    <div class="row">
      ${open && html`<${Segments} label=${words.fields.confidence} value=${card.confidence} options=${words.confidences}
        choose=${(confidence) => decide({ confidence })} />`}
      <${States} item=${card} say=${decide} />
    </div>
    <${Heritage} card=${card} decide=${decide} /><${Hints} card=${card} decide=${decide} />
    <${Votes} card=${card} decide=${decide} />
    ${!brief && html`<${More} card=${card} decide=${decide} create=${create} />`}
  </div>`;
}

const Card = memo(({ card, open, toggle, autofocus }) => {
  const id = useId("card");
  return html`<section class=${`card ${open ? "now" : ""}`} aria-labelledby=${id} data-key=${card.key}>
    <header><h2 id=${id} class="card-title"><button type="button" class="card-toggle" aria-expanded=${String(open)}
      onClick=${() => toggle(card.key)}>${card.title}</button></h2>
      <${Chip} tone=${card.chip.tone} sign=${card.chip.sign}>${card.chip.text}<//></header>
    ${open && html`<${CardBody} card=${card} autofocus=${autofocus} />`}
  </section>`;
});

// Cards of an area, one open at a time; Alt and the arrows walk through them.
function Cards({ page }) {
  const { words, focus, setFocus } = useScreen();
  const [open, setOpen] = useState(page.start);
  const moved = useRef(false);
  const list = useRef();
  const walk = (way) => {
    const order = page.cards.order;
    const next = order[Math.min(Math.max(order.indexOf(open) + way, 0), order.length - 1)];
    moved.current = true;
    setOpen(next);
  };
  const toggle = useCallback((key) => {
    moved.current = true;
    setOpen((now) => (now === key ? null : key));
  }, []);
  useEffect(() => {
    if (!focus || !page.cards.by[focus]) return;
    moved.current = true;
    setOpen(focus);
    setFocus(null);
  }, [focus]);
  useEffect(() => {
    if (!moved.current) return;
    list.current.querySelector(".card.now")?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return html`<div class="cards" ref=${list} onKeyDown=${(event) => {
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    }
  }}>
    ${page.cards.order.map((key) => html`<${Card} key=${key} card=${page.cards.by[key]} open=${key === open}
      toggle=${toggle} autofocus=${key === open && moved.current} />`)}
    <div class="row next"><${Button} kind="primary" data-repeats
      onClick=${() => walk(1)}>${words.next_focal_point} ↵<//>
      <span class="small muted">${words.keys_help}</span></div>
  </div>`;
}
