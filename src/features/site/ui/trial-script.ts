import { OPTED_OUT_SCRIPT } from "@/platform/privacy-signal";

/**
 * Runs in the visitor's browser, on a list some of whose headlines are being tried: draws one of each by its share, shows
 * it, and tells once that it was on the screen and once that it was followed. The page is the same for everybody, so that
 * caches may keep it; nothing is stored, and nothing tells who it was. Without the script, and for who has
 * opted out, the headline that is out stays.
 */
export const TRIAL_SCRIPT = `(() => {
  const { trials } = document.body.dataset;
  if (!trials || ${OPTED_OUT_SCRIPT} || !navigator.sendBeacon || !("IntersectionObserver" in window)) return;
  const begin = (link) => {
    const variants = JSON.parse(link.dataset.variants);
    let left = Math.random() * variants.reduce((sum, one) => sum + one.weight, 0);
    const drawn = variants.find((one) => (left -= one.weight) < 0) || variants[0];
    link.textContent = drawn.headline;
    let seen = false, followed = false;
    const tell = (what) => navigator.sendBeacon(trials + "/" + link.dataset.trial + "/" + drawn.number, what);
    const see = () => { if (!seen) { seen = true; tell("view"); } };
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((one) => one.isIntersecting)) return;
      watch.disconnect();
      see();
    }, { threshold: 0.9 });
    const start = () => watch.observe(link);
    if (document.prerendering) document.addEventListener("prerenderingchange", start, { once: true });
    else start();
    const follow = (event) => {
      if (event.button > 1 || followed) return;
      followed = true;
      see();
      tell("click");
    };
    link.addEventListener("click", follow);
    link.addEventListener("auxclick", follow);
  };
  for (const link of document.querySelectorAll("a[data-trial]")) begin(link);
})();`;
