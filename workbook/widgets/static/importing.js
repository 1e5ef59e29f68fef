// A list that comes in: a file that is dropped or chosen, or a pasted text. The kernel reads it, the
// sheet shows what it would change, and nothing is recorded before one button is pressed.

// Opens the sheet and sends what comes in; `trouble` is why a file never left the browser. Before an
// engagement is there, a file waits for it.
function useImport(view, send) {
  const [asked, ask] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [waiting, wait] = useState(null);
  const { words } = view;
  // What was cancelled is out of sight before the kernel has answered.
  const [left, leave] = useState(null);
  const incoming = view.import === left ? null : view.import;
  const bring = useCallback(async (file, ...others) => {
    wait(view.engagement ? null : file);
    if (!view.engagement) return;
    ask(true);
    setTrouble("");
    if (file.size > words.import_most) {
      setTrouble(fill(words.import_large, { name: file.name, count: words.import_megabytes }));
      return;
    }
    const content = others.length ? null : await file.arrayBuffer().catch(() => null);
    if (content) send({ do: "import", name: file.name, data: content });
    else setTrouble(fill(words.import_unread, { name: [file, ...others].map(({ name }) => name).join(", ") }));
  }, [send, words, view.engagement]);
  useEffect(() => { if (waiting && view.engagement) bring(waiting); }, [view.engagement]);
  const close = useCallback(() => {
    ask(false);
    setTrouble("");
    leave(incoming);
    send({ do: "import_cancel" });
  }, [send, incoming]);
  const record = useCallback(() => { ask(false); send({ do: "import_record" }); }, [send]);
  return useMemo(() => ({ open: asked || Boolean(incoming), incoming: trouble ? null : incoming, ask: () => ask(true),
    bring, close, record, trouble, waiting, wait }), [asked, incoming, bring, close, record, trouble, waiting]);
}

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

// A file may be dropped anywhere: the page shows where as soon as one is dragged over it.
function useDrop(bring) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const leave = (all) => {
    depth.current = all ? 0 : depth.current - 1;
    if (depth.current <= 0) setOver(false);
  };
  return [over, {
    onDragEnter: (event) => { if (carriesFiles(event)) { depth.current += 1; setOver(true); } },
    onDragOver: (event) => { if (carriesFiles(event)) event.preventDefault(); },
    onDragLeave: (event) => { if (carriesFiles(event)) leave(false); },
    onDrop: (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      leave(true);
      if (event.dataTransfer.files.length) bring(...event.dataTransfer.files);
    },
  }];
}

function ImportButton({ kind }) {
  const { words, imports } = useScreen();
  return html`<${Button} kind=${kind} onClick=${imports.ask}>${words.import_button}<//>`;
}

function FileButton({ label, kind, choose }) {
  const { words } = useScreen();
  const input = useRef();
  return html`<${Button} kind=${kind} onClick=${() => input.current.click()}>${label}<//>
    <input type="file" hidden ref=${input} accept=${words.import_accept}
      onChange=${({ target }) => { if (target.files[0]) choose(target.files[0]); target.value = ""; }} />`;
}

function ImportSource({ incoming }) {
  const { words, imports, dispatch } = useScreen();
  const [text, setText] = useState("");
  const look = (now) => { setText(now); dispatch({ do: "import", text: now }); };
  if (incoming && !incoming.pasted) {
    return html`<div class="row"><${FileButton} label=${words.import_other} choose=${imports.bring} /></div>`;
  }
  return html`<div class="import-source">${!incoming && html`<div class="drop-zone"><p>${words.import_drop}</p>
      <${FileButton} label=${words.import_choose} choose=${imports.bring} />
      <p class="small muted">${words.import_formats}</p></div>`}
    <${Field} label=${words.import_paste} hint=${words.import_paste_hint}>${(id) => html`
      <textarea id=${id} class="input" rows=${incoming ? 3 : 6} autofocus value=${text}
        placeholder=${words.paste_example}
        aria-describedby=${`${id}-hint`} onInput=${(event) => look(event.target.value)} />`}<//></div>`;
}

function Choice({ label, value, options, choose, hidden }) {
  const id = useId("choice");
  return html`<span class="field"><label for=${id} class=${hidden ? "hidden" : ""}>${label}</label>
    <select id=${id} class="input" value=${value} onChange=${(event) => choose(event.target.value)}>
      ${options.map(({ key, title }) => html`<option key=${key} value=${key}>${title}</option>`)}</select></span>`;
}

// A row or a column is named by its text in the file; what was chosen for it is sent by that text.
const readAs = (dispatch, text) => (name) => dispatch({ do: "import_as", chosen: { [text]: name } });

function ImportColumns({ plan }) {
  const { words, dispatch } = useScreen();
  if (!plan.columns.length) return null;
  return html`<section><h3>${words.import_columns}</h3><div class="fields import-columns">
    ${plan.columns.map(({ text, field, shown }, index) => (plan.fields.length
      ? html`<${Choice} key=${index} label=${text} value=${field} options=${plan.fields}
          choose=${readAs(dispatch, text)} />`
      : html`<span key=${index} class="field"><span class="label">${text}</span>${shown}</span>`))}</div></section>`;
}

function ImportLabels({ plan }) {
  const { words, dispatch } = useScreen();
  if (!plan.labels.length) return null;
  return html`<section><h3>${words.import_rows}</h3><div class="scroll" tabindex="0">
    <table class="import-rows"><thead><tr><th scope="col">${words.import_in_file}</th>
      <th scope="col">${words.import_means}</th><th scope="col">${words.import_says}</th></tr></thead>
    <tbody>${plan.labels.map((row, index) => html`<tr key=${index}><th scope="row">${row.text}
        ${!row.exact && html`<span class="tone-risk small"> ▲ ${words.import_similar}</span>`}</th>
      <td data-head=${words.import_means}><${Choice} hidden label=${`${words.import_means}: ${row.text}`}
        value=${row.key} options=${plan.subjects} choose=${readAs(dispatch, row.text)} /></td>
      <td class="small" data-head=${words.import_says}>${row.facts}</td></tr>`)}</tbody>
    </table></div></section>`;
}

function ImportPerson({ row }) {
  const { words, dispatch } = useScreen();
  const answer = row.same === null ? null : row.same ? "same" : "other";
  const say = (key) => dispatch({ do: "import_as", same: { [row.line]: key && key === "same" } });
  return html`<tr><th scope="row">${row.name}</th><td data-head=${words.fields.title}>${row.title}
      ${row.recognised && html`<span title=${words.recognised_as}
        class=${`recognised small ${row.sure ? "tone-ready" : "tone-unknown"}`}>
        ${row.sure ? "✓" : "?"} ${row.recognised} ${row.sure}</span>`}</td>
    <td class="small" data-head=${words.fields.unit}>${row.unit}</td>
    <td data-head=${words.import_fate}>
      ${row.asks && html`<span class="tone-risk" aria-hidden="true">▲ </span>`}${row.fate}
      ${row.asks && html`<${Segments} hidden label=${`${words.same_person} ${row.name}`} value=${answer}
        options=${words.same_answers} choose=${say} />`}</td></tr>`;
}

function ImportPeople({ plan }) {
  const { words } = useScreen();
  if (!plan.people.length) return null;
  return html`<section><h3>${words.import_rows}</h3><div class="scroll" tabindex="0">
    <table class="import-rows"><thead><tr><th scope="col">${words.fields.name}</th>
      <th scope="col">${words.fields.title}</th><th scope="col">${words.fields.unit}</th>
      <th scope="col">${words.import_fate}</th></tr></thead>
    <tbody>${plan.people.map((row) => html`<${ImportPerson} key=${row.line} row=${row} />`)}</tbody></table></div>
    ${plan.beyond && html`<p class="small muted">${plan.beyond}</p>`}</section>`;
}

function Lines({ lines }) {
  return html`<ul class="plain small">${lines.map((line, index) => html`<li key=${index}>${line}</li>`)}</ul>`;
}

function ImportPlan({ plan }) {
  const { words, dispatch } = useScreen();
  const decide = (key) => (on) => dispatch({ do: "import_as", [key]: on });
  return html`<${ImportColumns} plan=${plan} />
    ${plan.options.map(({ key, title, on }) => html`<${Check} key=${key} label=${title} checked=${on}
      toggle=${decide(key)} />`)}
    ${plan.questions.length > 0 && html`<section class="import-asks"><h3><span class="tone-risk"
      aria-hidden="true">▲</span> ${words.import_questions}</h3><${Lines} lines=${plan.questions} /></section>`}
    <${ImportPeople} plan=${plan} /><${ImportLabels} plan=${plan} />
    ${plan.lines.length > 0 && html`<section><h3>${words.import_rows}</h3><${Lines} lines=${plan.lines} /></section>`}
    <section><h3>${plan.unused_title}</h3>${plan.unused.length > 0 && html`<div class="import-unused" tabindex="0"
      role="group" aria-label=${plan.unused_title}><${Lines} lines=${plan.unused} /></div>`}</section>`;
}

function Incoming({ incoming }) {
  const { words, imports, dispatch } = useScreen();
  const { plan } = incoming;
  return html`${incoming.problems.length > 0 && html`<div class="banner tone-not" role="alert"><strong>!</strong>
      <${Lines} lines=${incoming.problems} /></div>`}
    ${incoming.sheets.length > 0 && html`<div class="import-sheet"><${Choice} label=${words.import_sheet}
      value=${incoming.sheet} options=${incoming.sheets}
      choose=${(sheet) => dispatch({ do: "import_as", sheet })} /></div>`}
    ${incoming.readable && html`<${Segments} label=${words.import_kind} value=${incoming.kind} options=${incoming.kinds}
      choose=${(kind) => kind && dispatch({ do: "import_as", kind })} />`}
    ${plan && html`<p class="help" role="status">${words.import_because} ${plan.reason}</p>
      <${ImportPlan} plan=${plan} />`}
    <footer class="import-foot row">${plan?.button && html`<${Button} kind="primary"
        onClick=${imports.record}>${plan.button}<//>`}
      <${Button} onClick=${imports.close}>${words.cancel}<//>
      <span class="small muted" role="status">${plan?.nothing || words.import_preview}</span></footer>`;
}

function ImportSheet({ view }) {
  const { words, imports } = useScreen();
  const { incoming } = imports;
  const busy = useBusy();
  const title = incoming && !incoming.pasted ? incoming.title : words.import_title;
  return html`<${Sheet} title=${title} wide firm close=${imports.close}>
    <${ImportSource} incoming=${incoming} />
    <${Banner} notice=${imports.trouble && { tone: "not", sign: "!", text: imports.trouble }} />
    ${busy && !incoming && html`<p class="small muted" role="status">${words.import_reading}</p>`}
    ${incoming && view.notice?.tone === "not" && html`<${Banner} notice=${view.notice} />`}
    ${incoming && html`<${Incoming} incoming=${incoming} />`}<//>`;
}
