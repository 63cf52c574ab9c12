import type { Clock } from "@/platform/clock";

const ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";

/**
 * Makes record keys as Bluesky wants them (https://atproto.com/specs/tid): microseconds and a 10-bit clock id in
 * 13 sortable characters. Keys of one maker only grow. Other processes have another clock id, and the microseconds
 * that the clock doesn't tell are drawn as well, so that two makers hardly ever meet.
 * @param random a whole number from 0 up to, not including, `below`.
 */
export function createTids(random: (below: number) => number): (clock: Clock) => string {
  const clockId = BigInt(random(1024));
  let last = -1n;
  return (clock) => {
    const micros = BigInt(clock.now().getTime()) * 1000n + BigInt(random(1000));
    last = micros > last ? micros : last + 1n;
    return encode((last << 10n) | clockId);
  };
}

function encode(value: bigint): string {
  let text = "";
  for (let shift = 60n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((value >> shift) & 31n)];
  return text;
}
