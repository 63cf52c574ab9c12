type Span = { start: number; end: number };

const PAIRED = [/\*\*/g, /(?<!\*)\*(?!\*)/g, /`/g, /~~/g, /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu];
const countIn = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * A passage that can be read and written as Markdown of its own: as it was selected, or the whole lines where it reaches
 * over several or cuts a mark or a link in two. Places in UTF-16 code units.
 */
export function widened(text: string, { start, end }: Span): Span {
  const passage = text.slice(start, end);
  const whole =
    !passage.includes("\n") &&
    PAIRED.every((mark) => countIn(passage, mark) % 2 === 0) &&
    countIn(passage, /\[/g) === countIn(passage, /\]/g) &&
    countIn(passage, /\(/g) === countIn(passage, /\)/g);
  if (whole) return { start, end };
  const after = text.indexOf("\n", Math.max(start, end - 1));
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: after < 0 ? text.length : after };
}
