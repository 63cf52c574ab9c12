/** A model behind an endpoint, with what the operator or an Admin says of it. */
export type Model = {
  id: string;
  /** Where it runs, in the operator's words, such as `eu`; undefined where nobody said. */
  region: string | undefined;
  /** Whether its provider keeps nothing of what it is sent. */
  retainsNothing: boolean;
  /** In US dollars for a million tokens; undefined where nobody said. */
  price: { input: number; output: number } | undefined;
};

export type Usage = {
  inputTokens: number;
  outputTokens: number /** In US dollars, as the endpoint reports it. */;
  cost: number | undefined;
};

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cost: undefined };

export const addUsage = (one: Usage, other: Usage): Usage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  cost: one.cost === undefined && other.cost === undefined ? undefined : (one.cost ?? 0) + (other.cost ?? 0),
});

/** `name;region=eu;retention=none;in=0.2;out=0.6`, of which all but the name may be left out. */
export function parseModel(entry: string): Model {
  const [id = "", ...rest] = entry.split(";").map((part) => part.trim());
  const said = new Map(rest.map((part) => part.split("=", 2).map((word) => word.trim()) as [string, string]));
  const [input, output] = [Number(said.get("in")), Number(said.get("out"))];
  return {
    id,
    region: said.get("region"),
    retainsNothing: said.get("retention") === "none",
    price: said.has("in") && said.has("out") && input >= 0 && output >= 0 ? { input, output } : undefined,
  };
}

/** What a workspace allows, in the order in which they are tried. */
export const allowedModels = (
  models: Model[],
  { regions, zeroRetention }: { regions: string[]; zeroRetention: boolean },
) =>
  models.filter(
    ({ region, retainsNothing }) =>
      (regions.length === 0 || (region !== undefined && regions.includes(region))) &&
      (!zeroRetention || retainsNothing),
  );

/** In US dollars; undefined where neither the endpoint nor anybody else tells a price. */
export function costOf({ inputTokens, outputTokens, cost }: Usage, model: Model | undefined): number | undefined {
  if (cost !== undefined) return cost;
  if (!model?.price) return undefined;
  return (inputTokens * model.price.input + outputTokens * model.price.output) / 1e6;
}

const CREDITS_PER_DOLLAR = 1_000;
const TOKENS_PER_CREDIT = 1_000;

/** A credit is a thousandth of a dollar, or 1,000 tokens where no price is known; whatever was used at all is at least one. */
export function creditsFor(usage: Usage, model: Model | undefined): number {
  const cost = costOf(usage, model);
  const tokens = usage.inputTokens + usage.outputTokens;
  if (tokens === 0 && !cost) return 0;
  // A float's dust is no credit.
  const exact = cost === undefined ? tokens / TOKENS_PER_CREDIT : cost * CREDITS_PER_DOLLAR;
  return Math.max(1, Math.ceil(exact - 1e-9));
}

/** Tokens that a text can have at most, near enough: scripts without spaces have about one for each character. */
export const estimateTokens = (text: string) => Math.ceil(new TextEncoder().encode(text).byteLength / 3);

/** The most that a call and its repair can cost on any of the models. The repair is shown the first answer. */
export function creditsAtMost(prompt: string, maxOutputTokens: number, models: Model[]): number {
  const input = estimateTokens(prompt);
  const usage = { inputTokens: 2 * input + maxOutputTokens, outputTokens: 2 * maxOutputTokens, cost: undefined };
  return Math.max(1, ...models.map((model) => creditsFor(usage, model)));
}
