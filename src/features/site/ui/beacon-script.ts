import { OPTED_OUT_SCRIPT } from "@/platform/privacy-signal";

/** A reading takes at least this share of the time that the text takes, in seconds between the bounds. */
const READ_SHARE = 0.25;
export const readAfterSeconds = (wordCount: number) =>
  Math.round(Math.min(45, Math.max(5, (wordCount / 220) * 60 * READ_SHARE)));

/**
 * Runs in the visitor's browser: a view once the page is shown, a read once its end was on the screen and enough time
 * went by, a click for each link that leads elsewhere. Nothing is stored and nothing tells who it was. Of who has
 * opted out, nothing is told at all.
 */
export const BEACON_SCRIPT = `(() => {
  const { beacon, readAfter } = document.body.dataset;
  if (!beacon || !navigator.sendBeacon || ${OPTED_OUT_SCRIPT}) return;
  const tell = (what) => navigator.sendBeacon(beacon, what);
  let atEnd = false, shownFor = 0, told = false;
  const check = () => {
    if (told || !atEnd || shownFor < Number(readAfter)) return;
    told = true;
    tell("read");
  };
  const begin = () => {
    tell("view");
    const end = document.querySelector("[data-end]");
    if (!end || !("IntersectionObserver" in window)) return;
    new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) { atEnd = true; check(); } }).observe(end);
    const clock = setInterval(() => {
      if (document.visibilityState === "visible") shownFor += 1;
      check();
      if (told) clearInterval(clock);
    }, 1000);
  };
  if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();
  const follow = (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (link && /^https?:$/.test(link.protocol) && link.host !== location.host && event.button < 2) tell("click");
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
})();`;
