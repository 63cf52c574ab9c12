/** The languages that are offered; any other that is set already is offered as well. */
const TAGS =
  "en en-GB en-US de de-AT de-CH fr fr-CA es es-MX pt pt-BR it nl sv da nb fi pl cs sk hu ro bg el tr uk ru hr sl sr et lv lt ga ar he fa hi bn th vi id ms ja ko zh-Hans zh-Hant";

/** By their names in the reader's own language. */
export function languageChoices(reader: string, current: string) {
  const names = new Intl.DisplayNames([reader], { type: "language" });
  const tags = [...new Set([current, ...TAGS.split(" ")])];
  return tags
    .map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }))
    .sort((one, other) => one.label.localeCompare(other.label, reader));
}

/** All IANA zones that this browser knows, UTC first. */
export function zones(current: string) {
  const known = [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])];
  return known.map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

const UNITS = [
  ["days", 1_440],
  ["hours", 60],
  ["minutes", 1],
] as const;

/** Delays after which a publication waits for a person, each in the largest unit that fits. */
export function lateChoices(current: number | null) {
  const all = new Set([15, 30, 60, 120, 360, 1_440, 4_320, 10_080, ...(current === null ? [] : [current])]);
  return [...all]
    .sort((one, other) => one - other)
    .map((minutes) => {
      const [unit, size] = UNITS.find(([, size]) => minutes % size === 0)!;
      return { minutes, unit, count: minutes / size };
    });
}
