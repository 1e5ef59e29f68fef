// Choosing a person, a team or an outside organisation by typing a name or a title.
// The pattern is the editable combobox with a list of ARIA's authoring practices.

const SHOWN = 8;

function found(parties, text, besides) {
  const typed = plain(text).split(/\s+/).filter(Boolean);
  return parties.order
    .filter((id) => !besides.includes(id))
    .map((id) => parties.by[id])
    .filter((party) => typed.every((word) => ` ${party.search}`.includes(` ${word}`)))
    .slice(0, SHOWN);
}

function choices(parties, text, besides, specials, words, create) {
  const typed = text.trim();
  const wanted = plain(typed);
  const list = found(parties, text, besides).map((party) => ({ key: party.id, party }));
  const known = list.some(({ party }) => plain(party.name) === wanted);
  list.push(...specials.filter(({ title }) => plain(title).startsWith(wanted)));
  if (create && typed && !known) {
    list.push({ key: "+", title: fill(words.add_named, { name: typed }), create: typed });
  }
  return list;
}

function useCombobox({ options, open, setOpen, pick }) {
  const [at, setAt] = useState(-1);
  const last = options.length - 1;
  const onKeyDown = (event) => {
    const { key, altKey } = event;
    if (key === "ArrowDown" && !altKey) {
      event.preventDefault();
      if (!open) setOpen(true);
      setAt(at >= last ? 0 : at + 1);
    } else if (key === "ArrowUp" && !altKey) {
      event.preventDefault();
      setAt(at <= 0 ? last : at - 1);
    } else if (key === "Enter" && open && options.length) {
      event.preventDefault();
      event.stopPropagation();
      pick(options[Math.max(at, 0)]);
    } else if (key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return { at, setAt, onKeyDown };
}

function Option({ option, id, active, pick }) {
  const { party } = option;
  return html`<li id=${id} role="option" aria-selected=${active ? "true" : "false"}
    class=${`option ${option.create ? "create" : ""}`}
    onMouseDown=${(event) => { event.preventDefault(); pick(option); }}>
    ${party ? html`<${Avatar} party=${party} /><span>${party.name}</span>
      <span class="small muted">${party.about}</span>`
      : html`<span class="av plain" aria-hidden="true">${option.sign ?? "+"}</span><span>${option.title}</span>`}
  </li>`;
}

function Picker({ label, hidden, value, choose, create, specials = [], besides = [], clears = true,
  autofocus, marker }) {
  const { parties, words } = useScreen();
  const id = useId("picker");
  const [text, setText] = useState(null);
  const [open, setOpen] = useState(false);
  const input = useRef();
  const party = parties.by[value];
  const special = specials.find(({ key }) => key === value);
  const options = open ? choices(parties, text ?? "", besides, specials, words, create) : [];
  const close = () => { setOpen(false); setText(null); };
  const pick = (option) => {
    close();
    if (option.create) create(option.create);
    else choose(option.key);
  };
  const box = useCombobox({ options, open, setOpen, pick });
  useLayoutEffect(() => { if (autofocus) input.current.focus(); }, []);
  const shown = text ?? party?.name ?? special?.title ?? "";
  return html`<div class="field picker" data-marker=${marker}>
    <label for=${id} class=${hidden ? "hidden" : ""}>${label}</label>
    <div class=${`input ${party || special ? "filled" : ""}`} onMouseDown=${(event) => {
      if (event.target !== input.current && !event.target.closest("button")) {
        event.preventDefault(); input.current.focus();
      }
    }}>
      ${text === null && party && html`<${Avatar} party=${party} />`}
      <input id=${id} ref=${input} role="combobox" autocomplete="off" spellcheck=${false}
        aria-expanded=${String(open && options.length > 0)} aria-controls=${`${id}-list`}
        aria-autocomplete="list" placeholder=${words.type_name} value=${shown}
        aria-activedescendant=${open && box.at >= 0 && options[box.at] ? `${id}-${box.at}` : undefined}
        onFocus=${(event) => event.target.select()}
        onClick=${() => setOpen(true)}
        onInput=${(event) => { setText(event.target.value); setOpen(true); box.setAt(event.target.value ? 0 : -1); }}
        onKeyDown=${box.onKeyDown} onBlur=${close} />
      ${text === null && party?.about && html`<span class="small muted about">${party.about}</span>`}
      ${clears && text === null && value && html`<button type="button" class="clear" tabindex="-1"
        aria-label=${fill(words.clear_field, { field: label })} onClick=${() => { choose(null); input.current.focus(); }}>✕</button>`}
    </div>
    <ul id=${`${id}-list`} role="listbox" aria-label=${label} class="options" hidden=${!open || !options.length}>
      ${options.map((option, place) => html`<${Option} key=${option.key} option=${option}
        id=${`${id}-${place}`} active=${place === box.at} pick=${pick} />`)}
    </ul>
    ${open && !options.length && html`<p class="hint" role="status">${words.nobody_found}</p>`}
  </div>`;
}

// Several parties in one field: those responsible, consulted, informed.
function Parties({ label, values, choose, create, marker }) {
  const { parties, words } = useScreen();
  return html`<div class="parties">
    <${Picker} label=${label} value=${null} besides=${values} clears=${false} create=${create} marker=${marker}
      choose=${(id) => choose([...values, id])} />
    <ul class="pills" aria-label=${label}>${values.map((id) => {
      const party = parties.by[id];
      return party && html`<li key=${id} class="pill"><${Avatar} party=${party} />${party.name}
        <button type="button" aria-label=${fill(words.remove_named, { name: party.name })}
          onClick=${() => choose(values.filter((other) => other !== id))}>✕</button></li>`;
    })}</ul></div>`;
}

// Somebody new, on the spot, without leaving the card.
function NewParty({ name, add, cancel }) {
  const { words } = useScreen();
  const comma = name.indexOf(",");
  const [party, setParty] = useState({
    kind: "person",
    name: (comma < 0 ? name : name.slice(0, comma)).trim(),
    title: comma < 0 ? "" : name.slice(comma + 1).trim(),
    lead: null,
    inside: true,
  });
  const set = (part) => setParty({ ...party, ...part });
  const first = useRef();
  useLayoutEffect(() => first.current?.querySelector(
    !party.name ? "[name=name]" : comma < 0 ? "[name=about]" : "[type=submit]",
  )?.focus(), []);
  const done = (event) => { event.preventDefault(); if (party.name.trim()) add(party); };
  return html`<form ref=${first} class="ask new-party" onSubmit=${done} onKeyDown=${(event) => {
    if (event.key === "Escape") { event.stopPropagation(); cancel(); }
  }}>
    <${Segments} label=${words.kind_of_party} hidden value=${party.kind} options=${words.party_kinds}
      choose=${(kind) => kind && set({ kind })} />
    <div class="fields">
      <${Field} label=${words.name}>${(id) => html`<input id=${id} name="name" class="input" required value=${party.name}
        onInput=${(event) => set({ name: event.target.value })} />`}<//>
      ${party.kind === "person" && html`<${Field} label=${words.job_title}>${(id) => html`<input id=${id}
        name="about" class="input" value=${party.title} onInput=${(event) => set({ title: event.target.value })} />`}<//>`}
      ${party.kind === "team" && html`<${Picker} label=${words.lead} value=${party.lead}
        choose=${(lead) => set({ lead })} />`}
    </div>
    ${party.kind === "person" && html`<${Check} label=${words.outside} checked=${!party.inside}
      toggle=${(outside) => set({ inside: !outside })} />`}
    <div class="row"><button type="submit" class="btn primary">${fill(words.add, {})}</button>
      <${Button} onClick=${cancel}>${words.cancel}<//></div>
  </form>`;
}
