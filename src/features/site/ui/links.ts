import { isUuid } from "@/platform/actor";
import type { Article } from "./facts";

/*
 * A link to another item is written down with the item's id, `items/2f6f…`: which items are public, and where, is known
 * when the page is shown, and changes without the page.
 */
const FOLDER = "items/";
export const addressOfItem = (id: string) => (isUuid(id) ? `${FOLDER}${id}` : undefined);

/** As the renderer writes them: attributes in double quotes, the address first. */
const LINK = new RegExp(`<a href="${FOLDER}([0-9a-f-]{36})(#[^"]*)?"`, "g");

/** An article's HTML with links to those items that have a page here. Of the others the words stay, and lead nowhere. */
export const withLinks = ({ html, links }: Pick<Article, "html" | "links">, addressOf: (slug: string) => string) =>
  html.replace(LINK, (_, id: string, fragment = "") => {
    const slug = links[id]?.slug;
    return slug === undefined ? "<a" : `<a href="${addressOf(slug)}${fragment}"`;
  });
