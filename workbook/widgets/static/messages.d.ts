// What travels between the screen and the kernel, and what components share. The Python side
// builds the view (views/page.py) and reads the commands (registry.py).

// The vendored library, as far as it is used.
declare const preact: {
  Component: any;
  createContext(value: unknown): any;
  h(component: unknown, props: unknown): any;
  html(strings: TemplateStringsArray, ...values: unknown[]): any;
  render(what: unknown, root: Element): void;
  useCallback<T>(callback: T, inputs: unknown[]): T;
  useContext(context: unknown): any;
  useEffect(effect: () => void | (() => void), inputs: unknown[]): void;
  useLayoutEffect(effect: () => void | (() => void), inputs: unknown[]): void;
  useMemo<T>(make: () => T, inputs: unknown[]): T;
  useRef(value?: unknown): { current: any };
  useState(value: unknown): [any, (next: unknown) => void];
};

interface Window { jupyterapp?: { commands: { execute(name: string): void } } }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [field: string]: unknown };
type Party = { kind: string; name: string; title?: string; lead?: string | null; inside?: boolean };

type Command =
  | { do: "hello"; query: Record<string, string>; actor: string }
  | { do: "poll"; typing?: boolean }
  | { do: "resend" | "close_engagement" | "close" | "undo" | "redo" | "try" | "drop" | "keep"
      | "import_cancel" | "import_record" }
  | { do: "open"; engagement: string }
  | { do: "new"; name: string; profile: string; business_models: string[]; go_live: string; systems: string[] }
  | { do: "actor"; name: string }
  | { do: "go"; step: string }
  | { do: "tab"; tab: string }
  | { do: "speak"; language: string }
  | { do: "why"; of: string }
  | { do: "decide"; focal_point: string; set: Fields; create?: { field: string; party: Party } }
  | { do: "answer"; question: string; instance: string | null; set: Fields }
  | { do: "person"; id: string; set: Fields | null }
  | { do: "facts"; about: "organisation" | "programme"; set: Fields }
  | { do: "facts"; about: "scope"; group: string; set: string[] }
  | { do: "add_party"; party: Party }
  | { do: "import"; name?: string; data?: ArrayBuffer; text?: string }
  | { do: "import_as"; kind?: string; sheet?: string; chosen?: Record<string, string>; same?: Record<number, boolean | null>;
      overwrite?: boolean; complete?: boolean; decided?: boolean }
  | { do: "nominate"; focal_point: string; set: Fields; create?: { field: string; party: Party } }
  | { do: "park"; text: string; id?: string; focal_point?: string }
  | { do: "settle_parked"; id: string; settled: boolean }
  | { do: "ask"; people: string[]; asked: boolean }
  | { do: "names"; shown: boolean }
  | { do: "show_names"; shown: boolean }
  | { do: "open_round"; about: "all" | "open" }
  | { do: "close_round" }
  | { do: "timetable"; minutes: number | null; begun?: boolean }
  | { do: "map"; focal_point: string; party: string; roles: string; remove?: boolean;
      source?: { focal_point: string; party: string } }
  | { do: "accept"; focal_point: string; state: string | null }
  | { do: "accept_all"; party: string }
  | { do: "take"; kind: string; language: string; person?: string }
  | { do: "baseline"; name: string }
  | { do: "plan"; target?: number | string | null; budget?: number | string | null }
  | { do: "departure"; person: string }
  | { do: "settle"; key: string; keep: "mine" | "theirs" | "both" };

type Message = { file?: { name: string; media: string; text: string } } & Answer;
type Answer =
  | { kind: "patch"; from: number; to: number; operations: [(string | number)[], ...Json[]][] }
  | { kind: "still" }
  | { kind: "failed"; error: string };

interface PartyView {
  id: string; name: string; about: string; kind: string; initials: string; hue: number; search: string;
}
interface Parties { order: string[]; by: Record<string, PartyView> }
interface Saved { state: string; tone: string; sign: string; text: string; kept?: number }

interface View {
  version: number; lang: string; step: string; actor: string; nameless: boolean; engagement: string | null;
  words: any; parties: Parties; saved: Saved; page: any; side: any; nav: any; why: any; trial: any;
  undo: { back: boolean; forth: boolean } | null; notice: any; conflicts: any[]; languages: any[]; import: any;
}

// An anywidget model in a notebook; whatever else has these five.
interface Model {
  get(name: "view"): View;
  set(name: "view", view: View): void;
  on(event: string, hear: (message: any) => void): void;
  off(event: string, hear: (message: any) => void): void;
  send(command: Command, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

interface Signal<T> { get(): T; set(next: T): void; follow(follower: () => void): () => void }
interface Unsent {
  count: Signal<number>; add(send: () => void): void; remove(send: () => void): void; flush(): void;
  edit(): string | undefined; during(edit: string | undefined, send: () => void): void;
}

interface ScreenValue {
  lang: string; words: any; parties: Parties; nameless?: boolean; conflicts: any[]; busy: Signal<boolean>; unsent: Unsent;
  dispatch(command: Command): void; go(step: string, target?: string): void;
  focus: string | null; setFocus(target: string | null): void;
  imports: {
    open: boolean; incoming: any; trouble: string; waiting: File | null; wait(file: File | null): void; ask(): void; bring(...files: File[]): void; close(): void; record(): void;
  };
  sendBack?: any;
}
