import { type Checks, places, type Subject } from "../subject";
import { visible } from "../text/words";

const ITEM = /^content:([^#]*)/i;

export const linkChecks: Checks = {
  "links-internal": ({ subject, reading }) => {
    const internal = reading.links.filter(({ url }) => isInternal(url, subject));
    if (internal.length === 0) return { status: "Warn", reason: "none" };
    return { status: "Pass", reason: "good", params: { count: internal.length }, ...places(reading.source, internal) };
  },
  "links-external": ({ subject, reading }) => {
    const external = reading.links.filter(({ url }) => isWeb(url) && !subject.isOwn(url));
    if (external.length === 0) return { status: "Warn", reason: "none" };
    return { status: "Pass", reason: "good", params: { count: external.length }, ...places(reading.source, external) };
  },
  "links-dead": ({ subject, reading }) => {
    if (!subject.surroundings) return { because: "NoItem" };
    const { deadLinks } = subject.surroundings;
    const toItems = reading.links.filter(({ url }) => ITEM.test(url));
    if (toItems.length === 0) return { because: "NoLinks" };
    const dead = toItems.filter(({ url }) => deadLinks.has(ITEM.exec(url)![1]!.toLowerCase()));
    if (dead.length === 0) return { status: "Pass", reason: "none", params: { count: toItems.length } };
    return { status: "Fail", reason: "some", params: { count: dead.length }, ...places(reading.source, dead) };
  },
  "link-texts": ({ reading }) => {
    if (reading.links.length === 0) return { because: "NoLinks" };
    const empty = reading.links.filter(({ text }) => {
      const said = visible(text)
        .toLowerCase()
        .replace(/[.!:…»>→]+$/, "")
        .trim();
      return said === "" || reading.rules?.emptyLinks.has(said);
    });
    if (empty.length === 0) return { status: "Pass", reason: "good" };
    return { status: "Warn", reason: "empty", params: { count: empty.length }, ...places(reading.source, empty) };
  },
};

const isWeb = (url: string) => /^(?:https?:)?\/\//i.test(url);
/** To another page of the same site; a place within the page leads nowhere else. */
const isInternal = (url: string, { isOwn }: Subject) =>
  ITEM.test(url) || (isWeb(url) ? isOwn(url) : /^[./\w][^:]*$/.test(url) && !url.startsWith("#"));
