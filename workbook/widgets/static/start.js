// The first pages: choosing or beginning an engagement, then its facts and its people.

function Tile({ item }) {
  const { dispatch } = useScreen();
  return html`<li><button type="button" class="tile" onClick=${() => dispatch({ do: "open", engagement: item.key })}>
    <strong>${item.title}</strong><span class="small muted">${item.text}</span>
    ${item.chip && html`<${Chip} ...${item.chip}>${item.chip.text}<//>`}</button></li>`;
}

function Profiles({ profiles, value, choose }) {
  const { words } = useScreen();
  const id = useId("profile");
  return html`<fieldset class="options-large"><legend class="label">${words.fields.profile}</legend>
    ${profiles.map((item) => html`<label key=${item.key} class=${value === item.key ? "on" : ""}>
      <input type="radio" name=${id} checked=${value === item.key} onChange=${() => choose(item.key)} />
      <span><strong>${item.title}</strong><small>${item.help}</small></span></label>`)}</fieldset>`;
}

function Several({ legend, help, options, chosen, choose }) {
  return html`<fieldset class="several"><legend class="label">${legend}</legend>
    ${help && html`<p class="help">${help}</p>`}
    ${options.map(({ key, title }) => html`<${Check} key=${key} label=${title} checked=${chosen.includes(key)}
      toggle=${(on) => choose(options.map((o) => o.key)
        .filter((other) => (other === key ? on : chosen.includes(other))))} />`)}</fieldset>`;
}

const BEGUN = "workbook-begun";
const BLANK = { name: "", profile: "", business_models: [], go_live: "", systems: [] };

// The five questions without which nothing can be asked. What was typed outlives a refusal and a
// reload; it goes when the engagement has begun.
function NewEngagement({ page }) {
  const { words, dispatch, imports } = useScreen();
  const [made, setMade] = useState(() => ({ ...BLANK, ...readJson(sessionStorage, BEGUN) }));
  const set = (part) => setMade((now) => ({ ...now, ...part }));
  useEffect(() => sessionStorage.setItem(BEGUN, JSON.stringify(made)), [made]);
  const needed = [[made.name.trim(), words.organisation], [made.profile, words.fields.profile],
    [made.business_models.length, words.fields.business_models], [made.go_live, words.fields.go_live]];
  const missing = needed.filter(([value]) => !value).map(([, title]) => title);
  const done = (event) => { event.preventDefault(); if (!missing.length) dispatch({ do: "new", ...made }); };
  const { waiting, bring, wait } = imports;
  return html`<form class="card" onSubmit=${done}><h2>${words.begin}</h2><p class="help">${words.begin_lead}</p>
    <ol class="asked"><li><${Field} label=${words.organisation}>${(id) => html`<input id=${id} class="input" required
        value=${made.name} onInput=${(event) => set({ name: event.target.value })} />`}<//></li>
    <li><${Profiles} profiles=${page.profiles} value=${made.profile} choose=${(profile) => set({ profile })} /></li>
    <li><${Several} legend=${words.fields.business_models} options=${page.business_models}
      chosen=${made.business_models} choose=${(business_models) => set({ business_models })} /></li>
    <li><${DateField} label=${words.fields.go_live} value=${made.go_live} needed early
        commit=${(day) => set({ go_live: day ?? "" })} /></li>
    ${page.systems && html`<li><${Several} legend=${page.systems.title} help=${page.systems.help}
      options=${page.systems.options} chosen=${made.systems} choose=${(systems) => set({ systems })} /></li>`}</ol>
    <p class="row begin-list">${waiting ? html`<span>${waiting.name}</span>
        <${Button} label=${fill(words.remove_named, { name: waiting.name })} onClick=${() => wait(null)}>✕<//>`
      : html`<${FileButton} label=${words.begin_list} choose=${bring} />`}
      <span class="small muted">${waiting ? words.begin_list_next : words.begin_list_help}</span></p>
    <div class="row"><button type="submit" class="btn primary" disabled=${missing.length > 0}>
        ${words.begin_button}</button>
      ${missing.length > 0 && html`<span class="small muted">
        ${fill(words.begin_needs, { fields: missing.join(", ") })}</span>`}</div></form>`;
}

function WelcomePage({ page }) {
  const { words } = useScreen();
  const tiles = (title, items) => items.length > 0 && html`<section class="card"><h2>${title}</h2>
    <ul class="tiles">${items.map((item) => html`<${Tile} key=${item.key} item=${item} />`)}</ul></section>`;
  return html`<h1 tabindex="-1">${page.heading}</h1><p class="lead">${page.lead}</p>
    <div class="welcome"><${NewEngagement} page=${page} />
      <div>${tiles(words.resume, page.recent)}${tiles(words.look, page.examples)}
      <p class="small muted">${page.why_now}</p></div></div>`;
}

function Facts({ page }) {
  const { words, dispatch } = useScreen();
  const say = (about) => (set) => dispatch({ do: "facts", about, set });
  const organisation = say("organisation"), programme = say("programme");
  const { name, sector, country, employees, profile, business_models: models } = page.organisation;
  return html`<section class="card"><h2>${words.organisation}</h2><div class="fields">
      <${TextField} label=${words.fields.name} value=${name} needed
        commit=${(text) => organisation({ name: text.trim() })} />
      <${TextField} label=${words.fields.sector} value=${sector}
        commit=${(text) => organisation({ sector: text.trim() || null })} />
      <${TextField} label=${words.fields.country} value=${country}
        commit=${(text) => organisation({ country: text.trim() || null })} />
      <${TextField} label=${words.fields.employees} type="number" min="1" step="1" whole value=${employees}
        commit=${(text) => organisation({ employees: parseInt(text, 10) > 0 ? parseInt(text, 10) : null })} />
    </div>
    <${Profiles} profiles=${page.profiles} value=${profile} choose=${(key) => organisation({ profile: key })} />
    <${Several} legend=${words.fields.business_models} options=${page.business_models} chosen=${models}
      choose=${(keys) => keys.length && organisation({ business_models: keys })} /></section>
  <section class="card"><h2>${words.programme}</h2><div class="fields">
      <${TextField} label=${words.programme_name} value=${page.programme.name}
        commit=${(text) => programme({ name: text.trim() || null })} />
      <${DateField} label=${words.fields.start} value=${page.programme.start}
        commit=${(start) => programme({ start })} />
      <${DateField} label=${words.fields.go_live} value=${page.programme.go_live}
        needed commit=${(go_live) => programme({ go_live })} /></div></section>`;
}

function Scopes({ page }) {
  const { dispatch } = useScreen();
  return page.scopes.map((group, index) => html`<section key=${group.key} class="card"><h2>${group.title}</h2>
    <p class="help">${group.help}</p><${Several} legend="" options=${group.options} chosen=${group.chosen}
      choose=${(keys) => dispatch({ do: "facts", about: "scope", group: group.key, set: keys })} />
    ${index === 0 && html`<div class="row"><${ImportButton} /></div>`}</section>`);
}

function PersonRow({ row }) {
  const { parties, words, dispatch } = useScreen();
  const party = parties.by[row.id];
  const rename = (title) => dispatch({ do: "person", id: row.id, set: { title: title.trim() || null } });
  const [typed] = useTyped(row.title, rename);
  return html`<tr><th scope="row"><span class="who-cell"><${Avatar} party=${party} />${party.name}</span></th>
    <td><input class="input" aria-label=${`${words.fields.title}: ${party.name}`} title=${row.title} ...${typed} />
      ${row.recognised && html`<span class=${`recognised small ${row.sure ? "tone-ready"
        : "tone-unknown"}`}>${row.sure ? "✓" : "?"} ${row.recognised}</span>`}</td>
    <td>${row.unit}</td>
    <td><${Check} label=${words.outside_short} checked=${row.inside === false}
      toggle=${(outside) => dispatch({ do: "person", id: row.id, set: { inside: !outside } })} /></td>
    <td class="n"><${Button} kind="plain" label=${fill(words.remove_named, { name: party.name })}
      onClick=${() => dispatch({ do: "person", id: row.id, set: null })}>✕<//></td></tr>`;
}

function TeamRow({ row }) {
  const { parties, words, dispatch } = useScreen();
  const party = parties.by[row.id];
  return html`<tr><th scope="row"><span class="who-cell"><${Avatar} party=${party} />${party.name}</span></th>
    <td colspan="3"><${Picker} label=${`${words.fields.lead}: ${party.name}`} hidden value=${row.lead}
      choose=${(lead) => dispatch({ do: "person", id: row.id, set: { lead } })} /></td>
    <td class="n"><${Button} kind="plain" label=${fill(words.remove_named, { name: party.name })}
      onClick=${() => dispatch({ do: "person", id: row.id, set: null })}>✕<//></td></tr>`;
}

function People({ page }) {
  const { words, dispatch } = useScreen();
  const [adding, setAdding] = useState(false);
  const any = page.people.length + page.teams.length > 0;
  return html`<section class="card"><h2>${words.people}</h2><p class="help">${words.people_help}</p>
    ${any && html`<div class="scroll"><table class="people"><thead><tr><th scope="col">${words.fields.name}</th>
      <th scope="col">${words.title_or_lead}</th><th scope="col">${words.fields.unit}</th>
      <th scope="col">${words.outside_short}</th><th scope="col">
        <span class="hidden">${words.remove}</span></th></tr></thead>
      <tbody>${page.people.map((row) => html`<${PersonRow} key=${row.id} row=${row} />`)}
      ${page.teams.map((row) => html`<${TeamRow} key=${row.id} row=${row} />`)}</tbody></table></div>`}
    ${adding ? html`<${NewParty} name="" cancel=${() => setAdding(false)}
        add=${(party) => { setAdding(false); dispatch({ do: "add_party", party }); }} />`
      : html`<div class="row"><${ImportButton} />
        <${Button} onClick=${() => setAdding(true)}>+ ${words.add_one}<//></div>`}</section>`;
}

function StartPage({ page }) {
  const { words, dispatch } = useScreen();
  useEffect(() => sessionStorage.removeItem(BEGUN), []);
  return html`<h1 tabindex="-1">${page.heading}</h1><p class="lead">${page.lead}</p>
    <${Facts} page=${page} /><${Scopes} page=${page} /><${People} page=${page} />
    <${Onward} page=${page} />
    <div class="row"><button type="button" class="link muted small"
      onClick=${() => dispatch({ do: "close_engagement" })}>${words.other_engagement}</button></div>`;
}
