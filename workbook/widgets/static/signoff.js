// The sign-off: person by person, then the moment, then what everybody takes along.

function Accepting({ row }) {
  const { words, dispatch } = useScreen();
  return html`<tr><th scope="row">${row.title}</th><td>${row.deputy}</td><td class="n">${row.decided}</td>
    <td><${Segments} label=${`${words.fields.acceptance} ${row.title}`} hidden value=${row.acceptance}
      options=${words.acceptances}
      choose=${(state) => dispatch({ do: "accept", focal_point: row.key, state })} /></td></tr>`;
}

// One person with all that they own: taken on with one press, or subject by subject.
function Owner({ person, rows }) {
  const { parties, words, dispatch } = useScreen();
  const [open, setOpen] = useState(false);
  const party = parties.by[person.key];
  const id = useId("owner");
  return html`<li class="owner" data-owner=${person.key}><div class="row">
      <span class="who-cell grow">${party && html`<${Avatar} party=${party} />`}<strong>${person.name}</strong>
        <span class="muted">${person.count}</span></span>
      <${Chip} ...${person.chip}>${person.chip.text}<//>
      <${Button} pressed=${undefined} aria-expanded=${String(open)} aria-controls=${id}
        label=${`${words.one_by_one}, ${person.name}`} onClick=${() => setOpen(!open)}>${words.one_by_one}<//>
      <${Button} kind="primary" disabled=${!person.open} label=${`${words.accept_all}, ${person.name}`}
        onClick=${() => dispatch({ do: "accept_all", party: person.key })}>${words.accept_all}<//></div>
    <div class="scroll" id=${id} hidden=${!open}>${open && html`<table class="signoff"><thead><tr>
      <th scope="col">${words.focal_point}</th><th scope="col">${words.fields.deputy}</th>
      <th scope="col" class="n">${words.decided}</th><th scope="col">${words.fields.acceptance}</th></tr></thead>
      <tbody>${person.rows.map((key) => html`<${Accepting} key=${key} row=${rows.get(key)} />`)}</tbody></table>
      <div class="row">${["owner", "handover"].map((kind) => html`<${Button} key=${kind} data-sheet=${kind}
        label=${`${words.sheets[kind]}, ${person.name}`} onClick=${() => dispatch({ do: "take", kind, language: "",
          person: person.key })}>↓ ${words.sheets[kind]}<//>`)}</div>`}
    </div></li>`;
}

function Parcels({ parcels }) {
  const { words, dispatch } = useScreen();
  if (!parcels.length) return null;
  return html`<section class="card"><h2>${words.take_along}</h2><p class="help">${words.take_along_help}</p>
    ${[...new Set(parcels.map(({ group }) => group))].map((group) => html`<div key=${group} class="row parcels"
      role="group" aria-label=${group || words.take_along}>${group && html`<strong>${group}</strong>`}
      ${parcels.filter((parcel) => parcel.group === group).map(({ key, kind, language, title }) => html`<${Button}
        key=${key} data-parcel=${key} onClick=${() => dispatch({ do: "take", kind, language })}>↓ ${title}<//>`)}
    </div>`)}</section>`;
}

function Closing({ closing }) {
  const title = useRef();
  useEffect(() => { title.current.focus(); }, [closing.title]);
  return html`<section class="card closing"><h2 ref=${title} tabindex="-1">✓ ${closing.title}</h2>
    <p class="lead">${closing.lead}</p><${Compare} before=${closing.before} after=${closing.after} />
    <ul class="plain agreed">${closing.agreed.map((item) => html`<li key=${item.key}><strong>${item.title}</strong>
      <span class="muted"> · ${item.text}</span></li>`)}</ul></section>`;
}

// What improved and what regressed since the moment before.
function Since({ since }) {
  return since && html`<section class="card since"><h2>${since.title}</h2><p class="help">${since.lead}</p>
    <ul class="plain">${since.rows.map((row) => html`<li key=${row.key} class="row"><${Chip} ...${row.chip}>
      ${row.chip.text}<//><strong>${row.title}</strong> <span class="muted num">${row.text}</span></li>`)}</ul>
    </section>`;
}

function Signing({ content }) {
  const { words, dispatch } = useScreen();
  const [name, setName] = useState(content.suggested);
  useEffect(() => setName(content.suggested), [content.suggested]);
  const sign = (event) => {
    event.preventDefault();
    if (name.trim()) dispatch({ do: "baseline", name: name.trim() });
  };
  return html`<section class="card"><h2>${words.sign_off}</h2><p class="help">${words.sign_off_help}</p>
    <form class="row ends" onSubmit=${sign}>
      <${Field} label=${words.name_of_moment} wide>${(id) => html`<input id=${id} class="input" value=${name}
        onInput=${(event) => setName(event.target.value)} />`}<//>
      <button type="submit" class="btn primary">${words.sign_off}</button></form>
    <ul class="plain">${content.baselines.map((one) => html`<li key=${one.name} class="row"><span class="tone-ready"
      aria-hidden="true">✓</span>
      <strong>${one.name}</strong> <span class="small muted">${one.text}</span></li>`)}</ul></section>`;
}

function SignoffTab({ content }) {
  const { words } = useScreen();
  if (!content.rows.length) return html`<p class="empty">${content.empty}</p>`;
  const rows = new Map(content.rows.map((row) => [row.key, row]));
  return html`${content.closing && html`<${Closing} closing=${content.closing} />`}
    ${content.closing && html`<${Parcels} parcels=${content.parcels} />`}
    <section class="card"><h2>${words.accepted_by}</h2><p class="help">${content.lead}</p>
      <ul class="plain owners">${content.people.map((person) => html`<${Owner} key=${person.key}
        person=${person} rows=${rows} />`)}</ul></section>
    <${Since} since=${content.since} /><${Signing} content=${content} />
    ${!content.closing && html`<${Parcels} parcels=${content.parcels} />`}`;
}

// A file that came with an answer is saved as any download.
function saveFile({ name, media, text, packed }) {
  const link = document.createElement("a");
  const content = packed ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : text;
  link.href = URL.createObjectURL(new Blob([content], { type: media }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LOST_MS);
}
