// Fields that people type into. A field owns its text while it has the focus: no answer of the
// kernel and no other person writes into it. What is not sent yet counts as not saved.

const TYPING_MS = 400;

// The id of one visit to a field: all that is sent from focus to blur is one step of undo.
const newEdit = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("");

// Marks a text as not sent yet; the sign beside the score follows, and leaving the page sends it.
function useUnsent(flush) {
  const { unsent } = useScreen();
  const latest = useRef(flush);
  latest.current = flush;
  return useMemo(() => {
    const send = () => latest.current();
    return { mark: () => unsent.add(send), clear: () => unsent.remove(send), during: unsent.during };
  }, [unsent]);
}

// A text is sent after a pause, when the field is left and with the page; `whole` waits for the
// end of the typing, for a number of which half is another number. One that is `needed` returns.
function useTyped(value, commit, { whole = false, needed = false } = {}) {
  const [text, setText] = useState(value ?? "");
  const [note, setNote] = useState(null);
  const field = useRef({ sent: new Set() }).current;
  Object.assign(field, { commit, text, value: value ?? "" });
  const flush = () => {
    clearTimeout(field.timer);
    if (!field.dirty || (needed && !field.text.trim())) return;
    unsent.clear();
    field.dirty = false;
    field.last = field.text.trim();
    field.sent.add(field.last);
    unsent.during(field.edit, () => field.commit(field.text));
  };
  const unsent = useUnsent(flush);
  useEffect(() => {
    const others = !field.sent.has(String(field.value).trim());
    if (!field.focused && !field.dirty) setText(field.value);
    else if (others && String(field.value) !== field.text) {
      field.last = null;
      setNote({ theirs: field.value });
    }
  }, [value]);
  useEffect(() => () => { flush(); unsent.clear(); }, []);
  const typed = {
    value: text,
    onFocus: () => Object.assign(field, { focused: true, last: null, sent: new Set(), edit: newEdit() }),
    onInput: (event) => {
      clearTimeout(field.timer);
      Object.assign(field, { dirty: true, text: event.target.value });
      if (!whole) field.timer = setTimeout(flush, TYPING_MS);
      unsent.mark();
      setText(event.target.value);
      setNote(null);
    },
    onBlur: () => {
      field.focused = false;
      flush();
      setNote(field.dirty ? { needed: true } : null);
      const awaited = field.last != null && field.last !== String(field.value).trim();
      if (!field.dirty && awaited) return;
      field.dirty = false;
      unsent.clear();
      setText(field.value);
    },
  };
  if (whole) typed.onKeyDown = (event) => { if (event.key === "Enter") flush(); };
  return [typed, note];
}

function TypedNote({ note, id }) {
  const { words } = useScreen();
  if (!note) return null;
  const text = note.needed ? words.needed : fill(words.meanwhile, { text: note.theirs || "–" });
  return html`<p class="hint tone-risk" role="status" id=${id}>${text}</p>`;
}

function Field({ label, hint, children, wide }) {
  const id = useId("field");
  return html`<div class=${`field ${wide ? "wide" : ""}`}><label for=${id}>${label}</label>
    ${children(id)}${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}</div>`;
}

function TextField({ label, value, commit, hint, area, wide, whole, needed, ...rest }) {
  const [typed, note] = useTyped(value, commit, { whole, needed });
  return html`<${Field} label=${label} hint=${hint} wide=${wide}>${(id) => html`
    <${area ? "textarea" : "input"} id=${id} class="input" rows=${area ? 2 : undefined}
      aria-describedby=${hint ? `${id}-hint` : undefined} ...${rest} ...${typed} />
    <${TypedNote} note=${note} />`}<//>`;
}

// The text of a date: read when the field is left or Enter is pressed, never half-typed.
function useDate({ value, commit, needed, early, clears }) {
  const { words } = useScreen();
  const [text, setText] = useState(writeDate(value, words.locale));
  const [problem, setProblem] = useState(null);
  const field = useRef({}).current;
  Object.assign(field, { value, commit, text });
  const take = (day) => {
    field.dirty = false;
    unsent.clear();
    setProblem(null);
    setText(clears ? "" : writeDate(day, words.locale));
    if (day !== (field.value || null)) field.commit(day);
  };
  const settle = () => {
    if (!field.dirty) return;
    const day = readDate(field.text, words.locale);
    if (day) take(day);
    else if (field.text.trim()) setProblem("unread");
    else if (needed) { take(field.value); setProblem("needed"); } else take(null);
  };
  const unsent = useUnsent(settle);
  useEffect(() => {
    if (!field.focused && !field.dirty) setText(writeDate(value, words.locale));
  }, [value, words.locale]);
  // A field that goes away takes along what cannot be read.
  useEffect(() => () => { settle(); unsent.clear(); }, []);
  const typed = {
    value: text,
    onFocus: () => { field.focused = true; },
    onInput: (event) => {
      Object.assign(field, { dirty: true, text: event.target.value });
      setText(event.target.value);
      setProblem(null);
      unsent.mark();
      if (early) field.commit(readDate(event.target.value, words.locale));
    },
    onKeyDown: (event) => {
      if (event.key === "Enter") settle();
      if (event.key === "Escape" && field.dirty) { event.stopPropagation(); take(field.value || null); }
    },
    onBlur: () => {
      field.focused = false;
      if (field.dirty) settle();
      else setText(writeDate(field.value, words.locale));
    },
  };
  return { typed, take, problem };
}

// The browser's own calendar, for who would rather point; it shows its days in its own way.
function Calendar({ label, value, take }) {
  const days = useRef();
  return html`<span class="calendar"><button type="button" class="clear" aria-label=${label}
      onClick=${() => days.current.showPicker()}>▦</button>
    <input ref=${days} type="date" tabindex="-1" aria-hidden="true" value=${value ?? ""}
      onChange=${(event) => event.target.value && take(event.target.value)} /></span>`;
}

// `early` is for a form of its own, which nothing is recorded from before it is sent.
function DateField({ label, value, commit, needed, early, clears }) {
  const { words } = useScreen();
  const { typed, take, problem } = useDate({ value, commit, needed, early, clears });
  const id = useId("date");
  const example = writeDate("2027-09-30", words.locale);
  const note = problem === "needed" ? words.needed
    : problem && fill(words.no_date, { example, first: FIRST_YEAR, last: LAST_YEAR });
  return html`<div class="field date"><label for=${id}>${label}</label>
    <div class="input"><input id=${id} autocomplete="off" placeholder=${example} required=${needed}
      aria-invalid=${problem === "unread" ? "true" : undefined} aria-describedby=${`${id}-hint`} ...${typed} />
      <${Calendar} label=${fill(words.calendar, { field: label })} value=${value} take=${take} /></div>
    <p class=${`hint ${note ? "tone-not" : ""}`} id=${`${id}-hint`} role=${note ? "alert" : undefined}>
      ${note || (value ? longDate(value, words) : "")}</p></div>`;
}
