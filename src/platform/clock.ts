/** The only way to ask what time it is, so that a test can say. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
