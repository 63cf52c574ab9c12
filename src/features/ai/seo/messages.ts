import { createTranslator } from "use-intl/core";
import seo from "@/ui/text/en/seo.json";
import type { CheckId } from "./table";

const say = createTranslator({ locale: "en", messages: { seo }, namespace: "seo.checks" as never }) as unknown as (
  key: string,
  params: Record<string, number | string>,
) => string;

/** In English, in the words that the screen has for it. */
export const messageOf = (id: CheckId, reason: string, params: Record<string, number | string>): string =>
  say(`${id}.${reason}`, params);
