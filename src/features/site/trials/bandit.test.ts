import { describe, expect, it } from "vitest";
import { type Arm, judge, sharesOf, winnerOf } from "./bandit";

/** mulberry32: the same numbers from the same seed (Tommy Ettinger, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("judging", () => {
  it("arms that did the same are equally likely, whatever their number", () => {
    for (const count of [2, 3, 6])
      for (const { best } of judge(Array.from({ length: count }, () => ({ views: 400, clicks: 20 }))))
        expect(best).toBeCloseTo(1 / count, 6);
  });

  it("agrees with draws from the same beliefs", () => {
    const arms = [
      { views: 900, clicks: 40 },
      { views: 1_100, clicks: 66 },
      { views: 300, clicks: 14 },
    ];
    const random = randomFrom(11);
    const draws = 40_000;
    const wins = arms.map(() => 0);
    let lost = 0;
    for (let draw = 0; draw < draws; draw++) {
      const rates = arms.map(({ views, clicks }) => beta(clicks + 1, views - clicks + 19, random));
      const highest = Math.max(...rates);
      wins[rates.indexOf(highest)]! += 1;
      lost += highest - rates[1]!;
    }
    const judged = judge(arms);
    for (const [arm, { best }] of judged.entries()) expect(Math.abs(best - wins[arm]! / draws)).toBeLessThan(0.01);
    expect(Math.abs(judged[1]!.loss - lost / draws)).toBeLessThan(0.0005);
  });

  it("holds at the edges: nothing seen, nothing followed, everything followed, very much seen", () => {
    const sound = (arms: Arm[]) => {
      const judged = judge(arms);
      expect(judged.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 9);
      for (const { best, loss, rate } of judged)
        for (const value of [best, loss, rate]) expect(value >= 0 && value <= 1).toBe(true);
      return judged.map(({ best }) => best);
    };
    sound([none, none]);
    expect(
      sound([
        { views: 500, clicks: 0 },
        { views: 500, clicks: 500 },
      ])[1],
    ).toBeGreaterThan(0.999);
    expect(
      sound([
        { views: 1e6, clicks: 50_000 },
        { views: 1e6, clicks: 51_500 },
      ])[1],
    ).toBeGreaterThan(0.999);
  });

  it("leaves everybody a share, and decides nothing of a few views", () => {
    const arms = [
      { views: 90, clicks: 0 },
      { views: 90, clicks: 30 },
    ];
    const judged = judge(arms);
    expect(judged[1]!.best).toBeGreaterThan(0.99);
    const shares = sharesOf(judged);
    expect(shares[0]).toBeGreaterThanOrEqual(0.02);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(winnerOf(arms, judged, 0.95)).toBeUndefined();
    expect(winnerOf([arms[0]!, { views: 110, clicks: 30 }], judged, 0.95)).toBe(1);
  });
});

const none = { views: 0, clicks: 0 };

/** By the order of uniform numbers for whole parameters is too slow here: two sums of logarithms and their share. */
function beta(a: number, b: number, random: () => number): number {
  const [x, y] = [gamma(a, random), gamma(b, random)];
  return x / (x + y);
}

/** Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000); for shapes of 1 and more. */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

type World = { rates: number[]; random: () => number; confidence: number };
const BATCH = 250;
const MOST_VISITORS = 40_000;

/** A trial as it goes on the site: shares are set anew from time to time, and caches show the ones before meanwhile. */
function run({ rates, random, confidence }: World) {
  const arms: Arm[] = rates.map(() => ({ ...none }));
  let visitors = 0;
  for (;;) {
    const judged = judge(arms);
    const winner = winnerOf(arms, judged, confidence);
    if (winner !== undefined || visitors >= MOST_VISITORS) return { winner, judged, arms, visitors };
    const shares = sharesOf(judged);
    for (let visitor = 0; visitor < BATCH; visitor++, visitors++) {
      const drawn = random();
      let upTo = 0;
      const found = shares.findIndex((share) => {
        upTo += share;
        return drawn < upTo;
      });
      const shown = Math.max(0, found);
      arms[shown]!.views += 1;
      if (random() < rates[shown]!) arms[shown]!.clicks += 1;
    }
  }
}

describe("500 trials of headlines whose rates are known to the test alone", () => {
  const random = randomFrom(2_026);
  // As rates of articles differ: 5 % in the mean, and 3 to 8 % mostly.
  const trials = Array.from({ length: 500 }, (_, at) => {
    const rates = Array.from({ length: 2 + (at % 3) }, () => beta(8, 152, random));
    return { rates, ...run({ rates, random, confidence: 0.95 }) };
  });
  const decided = trials.filter(({ winner }) => winner !== undefined);
  const isRight = ({ rates, winner }: (typeof trials)[number]) => rates[winner!] === Math.max(...rates);
  const right = decided.filter(isRight).length / decided.length;

  it("most are decided, and what is said of them is so: as many winners are the best as the probabilities say", () => {
    expect(decided.length).toBeGreaterThan(250);
    const said = decided.reduce((sum, { judged, winner }) => sum + judged[winner!]!.best, 0) / decided.length;
    // Three standard errors of a share of so many.
    const error = 3 * Math.sqrt((said * (1 - said)) / decided.length);
    expect(said).toBeGreaterThanOrEqual(0.95);
    expect(right).toBeGreaterThanOrEqual(said - error);
  });

  it("the winners cost next to nothing where they are wrong, and the better headline was shown more on the way", () => {
    const regret = decided.map(({ rates, winner }) => Math.max(...rates) - rates[winner!]!);
    expect(regret.reduce((sum, one) => sum + one, 0) / decided.length).toBeLessThan(0.001);
    const gained = trials.map(({ rates, arms, visitors }) => {
      const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      const shown = arms.reduce((sum, arm, index) => sum + rates[index]! * arm.views, 0) / visitors;
      return shown - mean;
    });
    expect(gained.reduce((sum, one) => sum + one, 0) / gained.length).toBeGreaterThan(0);
  });
});
