// Choosing a person, a team or an outside organisation by typing a name or a title.
// The pattern is the editable combobox with a list of ARIA's authoring practices.

const SHOWN = 8;

function matching(parties, text, besides) {
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
  const list = matching(parties, text, besides).map((party) => ({ key: party.id, party }));
  const known = list.some(({ party }) => plain(party.name) === wanted);
  list.push(...specials.filter(({ title }) => plain(title).startsWith(wanted)));
  if (create && typed && !known) {
    list.push({ key: "+", title: fill(words.add_named, { name: typed }), create: typed });
  }
  return list;
}

function useCombobox({ options, open, setOpen, pick, close, typing }) {
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
      if (options[at]) pick(options[at]);
    } else if (key === "Tab" && open && options[at]) {
      // Somebody new opens a form of its own, which takes the focus.
      if (options[at].create) event.preventDefault();
      pick(options[at]);
    } else if (key === "Escape" && (open || typing)) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return { at, setAt, onKeyDown };
}

function PickerOption({ option, id, active, pick }) {
  const { party } = option;
  return html`<li id=${id} role="option" aria-selected=${active ? "true" : "false"}
    class=${`option ${option.create ? "create" : ""}`}
    onMouseDown=${(event) => { event.preventDefault(); pick(option); }}>
    ${party ? html`<${Avatar} party=${party} /><span>${party.name}</span>
      <span class="small muted">${party.about}</span>`
      : html`<span class="av plain" aria-hidden="true">${option.sign ?? "+"}</span><span>${option.title}</span>`}
  </li>`;
}

function namesParty(option, text) {
  return !option.create && plain(option.party?.name ?? option.title) === plain(text.trim());
}

// The state of a picker. A name that was typed in full counts as chosen when the field is left; one
// that names nobody stays and says that it is not recorded.
function usePicking({ value, choose, create, specials, besides, clears }) {
  const { parties, words } = useScreen();
  const [text, setText] = useState(null);
  const [open, setOpen] = useState(false);
  const [chosen, hold] = useHeld(value);
  const input = useRef();
  const picking = useRef({}).current;
  const list = (typed) => choices(parties, typed ?? "", besides, specials, words, create);
  const options = open ? list(text) : [];
  const put = (typed) => { picking.text = typed; setText(typed); };
  const close = () => { setOpen(false); put(null); box.setAt(-1); unsent.clear(); };
  const set = (key) => { choose(key); if (clears) hold(key); };
  const pick = (option) => {
    close();
    if (option.create) create(option.create);
    else set(option.key);
  };
  const leave = () => {
    const typed = picking.text;
    if (!typed?.trim()) { close(); return; }
    const named = list(typed).find((option) => namesParty(option, typed));
    if (named) pick(named);
    else setOpen(false);
  };
  const unsent = useUnsent(leave);
  const box = useCombobox({ options, open, setOpen, pick, close, typing: text !== null });
  useEffect(() => () => unsent.clear(), []);
  const type = (typed) => {
    put(typed);
    setOpen(true);
    box.setAt(typed ? 0 : -1);
    unsent.mark();
  };
  const clear = () => { set(null); input.current.focus(); };
  return { text, input, open, setOpen, chosen, options, box, pick, leave, type, clear };
}

// The text of a picker, as the combobox of a list.
function PickerInput({ id, state, shown, undecided }) {
  const { words } = useScreen();
  const { text, input, open, setOpen, options, box, leave, type } = state;
  // What was chosen is marked, so that another name replaces it instead of lengthening it.
  useLayoutEffect(() => {
    if (text === null && document.activeElement === input.current) input.current.select();
  }, [shown]);
  const onKeyDown = (event) => {
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
    if (text === null && letter) event.target.select();
    box.onKeyDown(event);
  };
  return html`<input id=${id} ref=${input} role="combobox" autocomplete="off" spellcheck=${false}
    aria-expanded=${String(open && options.length > 0)} aria-controls=${`${id}-list`}
    aria-autocomplete="list" placeholder=${words.type_name} value=${shown}
    aria-activedescendant=${open && box.at >= 0 && options[box.at] ? `${id}-${box.at}` : undefined}
    aria-invalid=${undecided ? "true" : undefined} onFocus=${(event) => event.target.select()}
    onClick=${() => setOpen(true)} onInput=${(event) => type(event.target.value)}
    onKeyDown=${onKeyDown} onBlur=${leave} />`;
}

function PickerList({ id, label, state, undecided }) {
  const { words } = useScreen();
  const { open, options, box, pick } = state;
  return html`<ul id=${`${id}-list`} role="listbox" aria-label=${label} class="options"
      hidden=${!open || !options.length}>
      ${options.map((option, index) => html`<${PickerOption} key=${option.key} option=${option}
        id=${`${id}-${index}`} active=${index === box.at} pick=${pick} />`)}
    </ul>
    ${open && !options.length && html`<p class="hint" role="status">${words.nobody_found}</p>`}
    ${undecided && html`<p class="hint tone-not" role="alert">${words.not_chosen}</p>`}`;
}

function Picker({ label, hidden, value, choose, create, specials = [], besides = [], clears = true,
  autofocus, marker }) {
  const { parties, words } = useScreen();
  const id = useId("picker");
  const state = usePicking({ value, choose, create, specials, besides, clears });
  const { text, input, open, chosen, clear } = state;
  const party = parties.by[chosen];
  const special = specials.find(({ key }) => key === chosen);
  const settled = text === null && (party ?? special);
  const undecided = text !== null && !open;
  useLayoutEffect(() => { if (autofocus) input.current.focus(); }, []);
  const onMouseDown = (event) => {
    if (event.target === input.current || event.target.closest("button")) return;
    event.preventDefault();
    input.current.focus();
  };
  return html`<div class="field picker" data-marker=${marker}>
    <label for=${id} class=${hidden ? "hidden" : ""}>${label}</label>
    <div class=${`input ${party || special ? "filled" : ""}`} onMouseDown=${onMouseDown}>
      ${settled && party && html`<${Avatar} party=${party} />`}
      <${PickerInput} id=${id} state=${state} undecided=${undecided}
        shown=${text ?? party?.name ?? special?.title ?? ""} />
      ${settled && party?.about && html`<span class="small muted about">${party.about}</span>`}
      ${settled && clears && html`<button type="button" class="clear" tabindex="-1"
        aria-label=${fill(words.clear_field, { field: label })} onClick=${clear}>✕</button>`}
    </div>
    <${PickerList} id=${id} label=${label} state=${state} undecided=${undecided} />
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
      <${Field} label=${words.fields.name}>${(id) => html`<input id=${id} name="name" class="input" required
        value=${party.name}
        onInput=${(event) => set({ name: event.target.value })} />`}<//>
      ${party.kind === "person" && html`<${Field} label=${words.fields.title}>${(id) => html`<input id=${id}
        name="about" class="input" value=${party.title}
          onInput=${(event) => set({ title: event.target.value })} />`}<//>`}
      ${party.kind === "team" && html`<${Picker} label=${words.fields.lead} value=${party.lead}
        choose=${(lead) => set({ lead })} />`}
    </div>
    ${party.kind === "person" && html`<${Check} label=${words.outside} checked=${!party.inside}
      toggle=${(outside) => set({ inside: !outside })} />`}
    <div class="row"><button type="submit" class="btn primary">${fill(words.add, {})}</button>
      <${Button} onClick=${cancel}>${words.cancel}<//></div>
  </form>`;
}
