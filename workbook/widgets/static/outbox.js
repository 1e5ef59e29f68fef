// What was said and is not in the store yet is kept in this browser as well, engagement by
// engagement, so that a dead kernel, a cut line or a closed window cannot lose it.

const OUTBOX = "workbook-unsaved:";
const LAPSED_MS = 70000;
// A reload that follows so soon after it was said only interrupted it.
const JUST_SAID_MS = 10000;
const SAYS = new Set(["decide", "answer", "person", "facts", "add_party", "map", "accept", "accept_all",
  "nominate", "park"]);

function readJson(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

// Where on the page something was said, in the words of its heading.
function whereabouts() {
  const near = document.activeElement?.closest(".instance, tr, section[aria-labelledby], section.card");
  return near?.querySelector(".instance-title, h2, h3, th")?.textContent.trim() ?? "";
}

// What is said carries a token: said again, after a broken line or a reload, it is written once.
const newToken = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

function createOutbox() {
  const life = Math.random().toString(36).slice(2);
  // A reload of the same window is known by the name that the window had before.
  const former = sessionStorage.getItem("workbook-life");
  sessionStorage.setItem("workbook-life", life);
  let entries = [];
  let engagement = null;
  const write = (left = false) => {
    if (!engagement) return;
    const key = `${OUTBOX}${engagement}:${life}`;
    if (entries.length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), left, life, entries }));
    else localStorage.removeItem(key);
  };
  return {
    put(command, view) {
      if (!SAYS.has(command.do) || !view.engagement || view.trial) return;
      if (engagement !== view.engagement) entries = [];
      engagement = view.engagement;
      command.once ??= newToken();
      entries.push({ command, about: whereabouts(), at: Date.now() });
    },
    // The browser's storage stays as it is: what is answered is kept until the store has it.
    answered(command, ok) {
      const entry = entries.find((waiting) => waiting.command === command);
      if (!entry) return;
      entry.answered = ok;
      if (ok) return;
      entries.splice(entries.indexOf(entry), 1);
      write();
    },
    // A host that could not save them is no more: the next one is told again.
    repeated(commands) {
      entries.filter(({ command }) => commands.includes(command)).forEach((entry) => { entry.answered = false; });
    },
    // Everything that was answered is in the store now.
    stored() {
      if (!entries.some((entry) => entry.answered)) return;
      entries = entries.filter((entry) => !entry.answered);
      write();
    },
    leave: () => { if (entries.length) write(true); },
    keep: () => { if (entries.length) write(); },
    // What earlier windows left behind: { key, mine, entries }, the oldest first.
    leftBehind(key) {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(`${OUTBOX}${key}:`))
        .map((name) => ({ name, ...readJson(localStorage, name) }))
        .filter((tab) => tab.entries && tab.life !== life)
        .filter((tab) => tab.left || Date.now() - tab.at > LAPSED_MS)
        .map((tab) => ({ ...tab, mine: tab.life === former }))
        .sort((a, b) => a.at - b.at);
    },
  };
}

// A party that is there already is put into its field instead of being made a second time.
function withoutTwins(command, parties) {
  const twin = (party) => parties.order.find((id) => plain(parties.by[id].name) === plain(party.name.trim()));
  if (command.do === "add_party" && twin(command.party)) return null;
  const id = command.create && twin(command.create.party);
  if (!id) return command;
  const { create, ...rest } = command;
  const single = ["owner", "deputy"].includes(create.field);
  return single ? { ...rest, set: { ...rest.set, [create.field]: id } } : null;
}

// The offer to say again what an earlier window did not get into the store.
function useRecovery(outbox, view, send, greeted) {
  const [offered, setOffered] = useState([]);
  const latest = useRef(view);
  latest.current = view;
  const again = (tabs) => {
    tabs.forEach(({ name, entries }) => {
      localStorage.removeItem(name);
      entries.map(({ command }) => withoutTwins(command, latest.current.parties)).filter(Boolean).forEach(send);
    });
    setOffered([]);
  };
  useEffect(() => {
    if (!view.engagement || !greeted) return undefined;
    const look = () => {
      const tabs = outbox.leftBehind(view.engagement);
      // A reload sends what it interrupted by itself: whoever reloads has not left.
      const interrupted = tabs.filter(({ mine, at, entries }) => mine && Date.now() - at < LAPSED_MS
        && entries.every((entry) => at - entry.at < JUST_SAID_MS));
      if (interrupted.length) again(interrupted);
      setOffered(tabs.filter((tab) => !interrupted.includes(tab)));
    };
    look();
    const timer = setInterval(look, LAPSED_MS / 10);
    return () => clearInterval(timer);
  }, [view.engagement, greeted]);
  const forget = () => {
    offered.forEach(({ name }) => localStorage.removeItem(name));
    setOffered([]);
  };
  return { offered, recover: () => again(offered), forget };
}

function Recovery({ offered, recover, forget }) {
  const { words } = useScreen();
  if (!offered.length) return null;
  const places = [...new Set(offered.flatMap(({ entries }) => entries.map(({ about }) => about)).filter(Boolean))];
  return html`<section class="banner tone-nearly recovery" role="alert"><p><strong>${words.recover_title}</strong>
      ${" "}${words.recover_text} ${places.join(" · ")}</p>
    <span class="row"><${Button} kind="primary" onClick=${recover}>${words.recover}<//>
    <${Button} onClick=${forget}>${words.recover_drop}<//></span></section>`;
}
