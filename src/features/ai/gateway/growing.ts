import type { z } from "zod";

/**
 * What can be shown of a list that a model is still writing: its last element may go on, and the others are checked. Only
 * when there is another one, since a piece comes with every word, and of many calls at once.
 */
export function growing<T, R>(name: string, element: z.ZodType<T>, check: (whole: T[]) => R[]) {
  let seen = 0;
  let shown: R[] = [];
  return (value: unknown): R[] => {
    const list = (value as Record<string, unknown> | null | undefined)?.[name];
    if (!Array.isArray(list) || list.length - 1 <= seen) return shown;
    seen = list.length - 1;
    shown = check(
      list.slice(0, seen).flatMap((one) => {
        const parsed = element.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
    return shown;
  };
}
