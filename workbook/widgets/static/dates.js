// Dates as people write them, in the order of the screen's language, whatever the browser's is.

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const CENTURY = 2000;

// The parts of a date in the order of a language: ["day", "month", "year"] in French.
function dateOrder(locale) {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(0));
  return parts.map(({ type }) => type).filter((type) => ["day", "month", "year"].includes(type));
}

const twoDigits = (number) => String(number).padStart(2, "0");

// 2027-09-30 as the language writes it in figures: 30/09/2027.
function writeDate(iso, locale) {
  if (!iso) return "";
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale, options).format(new Date(iso));
}

function longDate(iso, words) {
  const date = new Date(iso);
  const text = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
  return date.getUTCDate() === 1 ? text.replace(/\b1\b/, words.first_of_month) : text;
}

// The number of a month by the beginning of its name, in the language of the screen or in English.
function monthNamed(word, locale) {
  const wanted = plain(word).replace(/\.$/, "");
  for (const language of [locale, "en"]) {
    const names = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
    const months = [...Array(12).keys()].filter(
      (month) => plain(names.format(new Date(Date.UTC(2024, month, 1)))).startsWith(wanted),
    );
    if (wanted.length >= 3 && months.length === 1) return months[0] + 1;
  }
  return null;
}

// Day, month and year of what was typed, or null. A name of a month settles the order by itself.
function partsOf(text, locale) {
  const typed = text.trim();
  const iso = typed.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
  if (iso) return { year: iso[1], month: Number(iso[2]), day: Number(iso[3]) };
  const order = dateOrder(locale);
  const spoken = typed.match(/^(\d{1,2})(?:er|st|nd|rd|th)?[\s.-]+(\p{L}{3,}\.?)[\s.-]+(\d{2}|\d{4})$/u);
  if (spoken) return { day: Number(spoken[1]), month: monthNamed(spoken[2], locale), year: spoken[3] };
  const figures = typed.match(/^(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})$/);
  if (figures) return Object.fromEntries(order.map((part, index) => [part, figures[index + 1]]));
  const eight = typed.match(/^\d{8}$/);
  if (!eight) return null;
  let at = 0;
  return Object.fromEntries(order.map((part) => {
    const width = part === "year" ? 4 : 2;
    at += width;
    return [part, typed.slice(at - width, at)];
  }));
}

// What was typed as 2027-09-30, or null if it is no day of the calendar within the limits.
function readDate(text, locale) {
  const parts = partsOf(text, locale);
  if (!parts || !parts.month || ![2, 4].includes(String(parts.year).length)) return null;
  const year = Number(parts.year) + (String(parts.year).length === 2 ? CENTURY : 0);
  const month = Number(parts.month);
  const day = Number(parts.day);
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < FIRST_YEAR || year > LAST_YEAR) return null;
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}
