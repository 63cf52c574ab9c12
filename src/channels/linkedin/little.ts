/**
 * `commentary` is "little text": these are marks of its own and stand for themselves after a backslash; what comes after one
 * that has none is cut off without a word
 * (https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format, read 2026-11-28).
 */
const RESERVED = /[\\|{}@[\]()<>#*_~]/g;
/** A hashtag is made by its plain sign. */
const PLAIN_TAG = /\\#(?=[\p{L}\p{N}])/gu;
const TAG_TEMPLATE = /\{hashtag\|\\?#\|([^}]*)\}/g;

/** Plain text as LinkedIn takes it. */
export const toLittle = (text: string) => text.replace(RESERVED, "\\$&").replace(PLAIN_TAG, "#");

/** What a reader sees of it: LinkedIn tells hashtags as templates, and may trim. */
export const fromLittle = (little: string) => little.replace(TAG_TEMPLATE, "#$1").replace(/\\(.)/gs, "$1").trim();
