import { randomInt } from "node:crypto";
import { v7 } from "uuid";

/** A UUIDv7 in lower case. Those of one process sort in the order they were made, also when the clock steps back. */
export const newId = (): string => v7();

/** Digits and letters that are not taken for one another: no 0, 1, i, l, o, u. */
const READABLE = "23456789abcdefghjkmnpqrstvwxyz";

/** A short random code for addresses and for reading aloud; about 4.9 bits a character, so no secret. */
export const shortCode = (length = 8): string =>
  Array.from({ length }, () => READABLE[randomInt(READABLE.length)]).join("");
