// The small pieces that every screen is made of.

function Chip({ tone, sign, children }) {
  return html`<span class=${`chip ${tone}`}><span class="sign" aria-hidden="true">${sign}</span>
    <span>${children}</span></span>`;
}

// What must be seen, above everything else.
function Banner({ notice }) {
  return notice && html`<p class=${`banner tone-${notice.tone}`} role=${notice.tone === "not" ? "alert" : "status"}>
    <strong>${notice.sign}</strong> <span>${notice.text}</span></p>`;
}

// A score never stands without its range: the band is what is possible, the mark where it stands.
function ScoreBand({ score }) {
  if (score.low === null) return null;
  return html`<div class="band" role="img" aria-label=${score.label}>
    <i style=${{ "--low": `${score.low}%`, "--high": `${score.high}%` }}></i>
    ${score.point !== null && html`<b style=${{ "--point": score.point }}></b>`}
  </div>`;
}

// The score today and after: two numbers, two bars.
function Compare({ before, after }) {
  return html`<div class="compare">${[before, after].map((score) => html`<div key=${score.title}>
    <div class="small muted">${score.title}</div><div class="big num">${score.text}</div>
    <div class="small muted">${score.range}</div><${ScoreBand} score=${score} /></div>`)}</div>`;
}

function Avatar({ party }) {
  return html`<span class=${`av hue-${party.hue} is-${party.kind}`} aria-hidden="true">${party.initials}</span>`;
}

function Button({ kind = "", label, pressed, children, ...rest }) {
  return html`<button type="button" class=${`btn ${kind}`} aria-label=${label} title=${label}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)} ...${rest}>${children}</button>`;
}

// One choice of few, as radio buttons: arrows move, a second press of the chosen one clears it.
function Segments({ label, hidden, value, options, choose }) {
  const id = useId("segment");
  const [shown, hold] = useHeld(value);
  const press = (key) => { choose(key); hold(key); };
  return html`<fieldset class="segments"><legend class=${hidden ? "hidden" : ""}>${label}</legend>
    <span class="seg">${options.map(({ key, title }) => html`
      <label key=${key} class=${shown === key ? "on" : ""}>
        <input type="radio" name=${id} checked=${shown === key}
          onClick=${() => shown === key && press(null)}
          onChange=${() => shown !== key && press(key)} />
        <span>${title}</span></label>`)}</span></fieldset>`;
}

function Check({ label, checked, toggle, help }) {
  const [shown, hold] = useHeld(checked);
  return html`<label class="check"><input type="checkbox" checked=${shown}
    onChange=${(event) => { toggle(event.target.checked); hold(event.target.checked); }} />
    <span>${label}${help && html`<small>${help}</small>`}</span></label>`;
}

// Asks for a sentence before it acts, such as the reason why something does not apply.
function AskReason({ label, button, value, give, cancel }) {
  const { words } = useScreen();
  const [text, setText] = useState(value ?? "");
  const input = useRef();
  useLayoutEffect(() => input.current?.focus(), []);
  const done = (event) => { event.preventDefault(); if (text.trim()) give(text.trim()); };
  return html`<form class="ask" onSubmit=${done} onKeyDown=${(event) => {
    if (event.key === "Escape") { event.stopPropagation(); cancel(); }
  }}>
    <${Field} label=${label} wide>${(id) => html`<input id=${id} ref=${input} class="input" required
      value=${text} onInput=${(event) => setText(event.target.value)} />`}<//>
    <button type="submit" class="btn primary" disabled=${!text.trim()}>${button}</button>
    <${Button} onClick=${cancel}>${words.cancel}<//>
  </form>`;
}

// A modal sheet. The browser keeps the focus inside and gives it back; a `firm` one stays open when
// somebody presses beside it.
function Sheet({ title, close, children, wide, firm }) {
  const { words } = useScreen();
  const sheet = useRef();
  const gone = useRef(false);
  const id = useId("sheet");
  useEffect(() => {
    const dialog = sheet.current;
    if (!dialog.open) dialog.showModal();
    // A sheet that goes with what it showed gives the focus back, too.
    return () => { gone.current = true; dialog.close(); };
  }, []);
  return html`<dialog ref=${sheet} class=${`sheet ${wide ? "wide" : ""}`} aria-labelledby=${id}
    onClose=${() => gone.current || close()}
    onClick=${(event) => !firm && event.target === sheet.current && sheet.current.close()}>
    <div class="sheet-body"><header><h2 id=${id}>${title}</h2>
      <${Button} kind="plain" label=${words.close} onClick=${() => sheet.current.close()}>✕<//></header>
    ${children}</div></dialog>`;
}

// "Don't know", "not applicable" with its reason, "discuss later": the same for all that is asked.
function States({ item, say }) {
  const { words } = useScreen();
  const [asking, setAsking] = useState(false);
  const asked = useRef();
  const button = useRef();
  useLayoutEffect(() => {
    if (asked.current && !asking) button.current?.querySelector("[data-ask]").focus();
    asked.current = asking;
  }, [asking]);
  const unknown = item.state === "unknown";
  const ruledOut = item.state === "not_applicable";
  if (asking) {
    return html`<${AskReason} label=${words.reason_not_applicable} button=${words.not_applicable}
      value=${item.reason} cancel=${() => setAsking(false)}
      give=${(reason) => { setAsking(false); say({ state: "not_applicable", reason }); }} />`;
  }
  return html`<div class="states" ref=${button}>
    <${Button} pressed=${unknown} onClick=${() => say({ state: unknown ? null : "unknown" })}>${words.dont_know}<//>
    <${Button} pressed=${ruledOut} data-ask
      onClick=${() => (ruledOut ? say({ state: null }) : setAsking(true))}>${words.not_applicable_ask}<//>
    <${Button} pressed=${item.discuss_later}
      onClick=${() => say({ discuss_later: !item.discuss_later })}>${words.fields.discuss_later}<//>
    ${ruledOut && item.reason && html`<span class="small muted">${item.reason}</span>`}
  </div>`;
}

// The same as a menu, where many rows ask for it: one choice, and the answer where there is none.
function StateMenu({ item, say, label }) {
  const { words } = useScreen();
  const [asking, setAsking] = useState(false);
  const state = ["unknown", "not_applicable"].includes(item.state) ? item.state : item.discuss_later ? "later" : "";
  const choose = (event) => {
    const chosen = event.target.value;
    if (chosen === "not_applicable") { event.target.value = state; setAsking(true); return; }
    if (chosen === "later") say({ state: null, discuss_later: true });
    else say({ state: chosen || null, discuss_later: false });
  };
  if (asking) {
    return html`<${AskReason} label=${words.reason_not_applicable} button=${words.not_applicable}
      value=${item.reason} cancel=${() => setAsking(false)}
      give=${(reason) => { setAsking(false); say({ state: "not_applicable", reason, discuss_later: false }); }} />`;
  }
  const options = [["", words.answer_it], ["unknown", words.dont_know], ["not_applicable", words.not_applicable],
    ["later", words.fields.discuss_later]];
  return html`<select class="input state-menu" aria-label=${label} value=${state} onChange=${choose}>
    ${options.map(([key, title]) => html`<option key=${key} value=${key}>${title}</option>`)}</select>`;
}

// The way to the next step at the end of a page.
function Onward({ page }) {
  const { go } = useScreen();
  return page.onward && html`<div class="row onward"><${Button} kind="primary"
    onClick=${() => go(page.onward.to)}>${page.onward.text} →<//></div>`;
}
