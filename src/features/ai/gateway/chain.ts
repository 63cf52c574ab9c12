import { type AskOptions, ask, type Endpoint, type Question, type Repair, readAnswer, type TryOutcome } from "./call";
import type { Circuits } from "./circuit";
import { addUsage, type Model, NO_USAGE, type Usage } from "./models";

/** An endpoint with those of its models that the workspace allows, in the order in which they are tried. */
export type Place = Endpoint & {
  /** Whether the workspace's own key pays for it. */
  own: boolean;
  models: Model[];
};

export const hostOf = ({ baseUrl }: Pick<Endpoint, "baseUrl">) => new URL(baseUrl).hostname;

export type Try = { model: string; host: string; outcome: TryOutcome; ms: number };
/** Who was asked last, and what it used: that is what is paid. */
type Asked = { place: Place | undefined; model: Model | undefined; usage: Usage; tries: Try[] };
export type Answer<T> = Asked & { value: T; place: Place; model: Model };

/** No model answered in a way that can be used, or nobody waits for it any more. What was used until then is to be paid. */
export class GatewayError extends Error {
  override name = "GatewayError";
  constructor(
    readonly kind: "failed" | "key_refused" | "canceled",
    message: string,
    readonly asked: Asked,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

type Options = AskOptions & {
  /** In the order in which they are asked. */
  places: Place[];
  /** For all tries together. */
  deadlineMs: number;
  circuits: Circuits;
};

/** What is a reason to ask at another place. A wrong key is none: it would stay wrong, and nobody would see it. */
const OF_THE_PLACE: readonly TryOutcome[] = ["Unavailable", "Busy", "TimedOut", "Skipped"];

/** What was tried and used so far, and when it has to be over. */
type Progress = Asked & { end: number; shown: boolean };

/**
 * Asks the models of the first place in turn until one answers with what the schema takes, and those of the next place where
 * the first fails as a whole, or has failed of late. Once the reader has seen words of an answer, no other place is asked. An
 * answer that the schema doesn't take, or that has faults, is tried once more with what was wrong; of two answers with faults
 * the second one counts, and the caller decides.
 * @throws GatewayError
 */
export async function askInTurn<T>(question: Question<T>, options: Options): Promise<Answer<T>> {
  const { places, circuits, deadlineMs, onPartial } = options;
  const end = performance.now() + deadlineMs;
  const progress: Progress = { place: undefined, model: undefined, usage: NO_USAGE, tries: [], end, shown: false };
  const watched = onPartial && {
    onPartial: (value: unknown) => {
      progress.shown ||= value !== undefined;
      onPartial(value);
    },
  };
  for (const [at, place] of places.entries()) {
    const another = at < places.length - 1;
    if (another && circuits.isOpen(place)) {
      progress.tries.push({ model: place.models[0]?.id ?? "", host: hostOf(place), outcome: "Skipped", ms: 0 });
      continue;
    }
    const found = await askAt(place, question, { ...options, ...watched, another }, progress);
    const { place: _, model, end: __, shown, ...rest } = progress;
    if (found) return { ...found, ...rest, place, model: model! };
    if (shown || !OF_THE_PLACE.includes(progress.tries.at(-1)!.outcome)) break;
  }
  throw failure("No model gave an answer that can be used: try again in a while.", progress);
}

const failure = (message: string, { end: _, shown: __, ...asked }: Progress) =>
  new GatewayError("failed", message, asked);

type AtPlace = Options & { another: boolean };

/** The answer of this place's first model that gives one; undefined where none does. */
async function askAt<T>(place: Place, question: Question<T>, options: AtPlace, progress: Progress) {
  const { circuits, another } = options;
  progress.place = place;
  progress.usage = NO_USAGE;
  for (const model of place.models) {
    progress.model = model;
    const found = await askTwice(place, model, question, options, progress);
    const { outcome } = progress.tries.at(-1)!;
    if (found || !OF_THE_PLACE.includes(outcome)) circuits.worked(place);
    if (found) return found;
    // The time that is left is another place's.
    if (another && outcome === "TimedOut") break;
  }
  if (OF_THE_PLACE.includes(progress.tries.at(-1)!.outcome)) circuits.failed(place);
  return undefined;
}

/** The model's answer, after one try to repair it where it needs that; undefined where another model is to be asked. */
async function askTwice<T>(
  place: Place,
  model: Model,
  question: Question<T>,
  options: AtPlace,
  progress: Progress,
): Promise<{ value: T } | undefined> {
  let repair: Repair | undefined;
  let flawed: { value: T } | undefined;
  for (let round = 0; round < 2; round++) {
    const timeoutMs = Math.min(options.timeoutMs, progress.end - performance.now());
    if (timeoutMs <= 0) throw failure("The models took too long: try again, or with a shorter text.", progress);
    const firstWordMs = options.another ? options.firstWordMs : undefined;
    const started = performance.now();
    const told = await ask(place, model, question, repair, { ...options, timeoutMs, firstWordMs });
    const seen = told.outcome === "Answered" ? readAnswer(question, told.text) : undefined;
    const outcome = seen && !seen.found ? "Invalid" : told.outcome;
    progress.usage = addUsage(progress.usage, told.usage);
    const ms = Math.round(performance.now() - started);
    progress.tries.push({ model: model.id, host: hostOf(place), outcome, ms });
    requireGoingOn(outcome, place, progress, told.error);
    if (!seen) break;
    flawed = seen.found ?? flawed;
    if (seen.problems.length === 0) return flawed;
    repair = { text: told.text, problems: seen.problems };
  }
  return flawed;
}

function requireGoingOn(outcome: TryOutcome, place: Place, progress: Progress, cause: unknown) {
  const { end: _, shown: __, ...asked } = progress;
  if (outcome === "Canceled") throw new GatewayError("canceled", "The call was canceled.", asked, { cause });
  if (outcome !== "KeyRefused") return;
  const who = place.own ? "an Admin gives a new one under Settings, AI" : "tell whoever runs ContentOS";
  throw new GatewayError("key_refused", `${hostOf(place)} doesn't take the key it was given: ${who}.`, asked, {
    cause,
  });
}
