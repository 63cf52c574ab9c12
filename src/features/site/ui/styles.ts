import { siteVariables } from "@/platform/site-look";
import type { brandingOf } from "./branding";

type Look = Pick<ReturnType<typeof brandingOf>, "primaryColor" | "theme">;

/**
 * The whole style of a page: one text, so that its hash can stand in the page's policy. No fonts are fetched. What is
 * put into it comes from closed lists, or was made here of numbers: see `theme.ts` of workspaces.
 */
export function styleFor({ primaryColor, theme }: Look): string {
  const { all, light, dark } = siteVariables(primaryColor, theme);
  return `:root{color-scheme:light dark;${said(all)}${said(light)}}
@media (prefers-color-scheme:dark){:root{${said(dark)}}}
${RULES}${HEADERS[theme?.header ?? "Plain"]}`;
}

const said = (variables: Record<string, string>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}:${value};`)
    .join("");

const HEADERS = {
  Plain: "",
  Centered: `
.masthead .wide{flex-direction:column;gap:.5rem}.masthead .feed{margin-inline:auto}.opening{text-align:center}`,
  Band: `
body{border-block-start:0}.masthead{background:var(--brand);color:var(--on-brand)}.masthead .feed{color:inherit}.masthead :focus-visible{outline-color:var(--on-brand)}`,
};

const RULES = `*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;min-block-size:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--text);border-block-start:4px solid var(--brand);font:400 calc(var(--size)*.945)/1.65 var(--font);overflow-wrap:break-word}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:not([href]){color:inherit}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
h1,h2,h3,h4,h5,h6{font-family:var(--heading-font);line-height:1.2;letter-spacing:-.015em;text-wrap:balance;margin:2.2em 0 .6em}
.wide{inline-size:100%;max-inline-size:var(--width);margin-inline:auto;padding-inline:1.25rem}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-4rem;background:var(--page);color:var(--link);padding:.6rem 1rem;border:2px solid var(--accent);border-radius:.4rem;z-index:1}
.skip:focus{inset-block-start:1rem}
.masthead{padding-block:1.4rem}
.masthead .wide{display:flex;align-items:center;justify-content:space-between;gap:1rem}
.name{display:inline-flex;align-items:center;gap:.7rem;min-inline-size:0;color:inherit;font-weight:650;text-decoration:none}
.name:hover span{text-decoration:underline}
.name img{display:block;block-size:2.25rem;max-inline-size:10rem;inline-size:auto;object-fit:contain}
.masthead .feed{flex:none;margin-inline-start:auto;font-size:.9375rem;color:var(--quiet)}
.masthead .feed a{color:inherit}
main{flex:1;padding-block:1.5rem 4rem}
.opening{margin-block:1.5rem 2.5rem}
.opening h1{font-size:clamp(2rem,1.5rem + 2.6vw,3.1rem);margin:0}
.opening p{margin:.7rem 0 0;font-size:1.2rem;color:var(--quiet);text-wrap:pretty}
.list{list-style:none;margin:0;padding:0}
.list li{padding-block:1.9rem;border-block-start:1px solid var(--line)}
.teaser{display:flex;gap:1.75rem;align-items:flex-start;justify-content:space-between}
.teaser>div{min-inline-size:0}
.teaser h2,.teaser h3{margin:0;font-size:1.45rem;font-weight:680}
.teaser h3{font-size:1.15rem}
.teaser h2 a,.teaser h3 a{color:inherit;text-decoration:none}
.teaser h2 a:hover,.teaser h3 a:hover{color:var(--link);text-decoration:underline}
.teaser p{margin:.5rem 0 0;text-wrap:pretty}
.teaser img{flex:none;inline-size:10rem;aspect-ratio:3/2;object-fit:cover;border-radius:var(--radius);background:var(--soft)}
.meta{color:var(--quiet);font-size:.9375rem}
.teaser .meta{margin:.6rem 0 0}
.turn{display:flex;justify-content:space-between;gap:1rem;padding-block-start:1.75rem;border-block-start:1px solid var(--line)}
.turn a,.foot a,.masthead .feed a{display:inline-block;padding-block:.35rem}
.turn a:only-child[rel=next]{margin-inline-start:auto}
.article header{margin-block:1.5rem 2.25rem}
.article h1{font-size:clamp(2rem,1.4rem + 3vw,3.25rem);font-weight:750;letter-spacing:-.025em;line-height:1.1;margin:0}
.article header .meta{margin:1.1rem 0 0}
.prose{font-size:var(--size);line-height:1.75}
.prose>:first-child{margin-block-start:0}
.prose h2{font-size:1.65rem}
.prose h3{font-size:1.3rem}
.prose h4,.prose h5,.prose h6{font-size:1.1rem}
.prose p,.prose ul,.prose ol,.prose blockquote,.prose pre,.prose table{margin-block:1.25em}
.prose ul,.prose ol{padding-inline-start:1.5em}
.prose li+li,.prose li>ul,.prose li>ol{margin-block:.35em 0}
.prose li>p{margin-block:.5em}
.prose .task-list-item{list-style:none}
.prose .contains-task-list{padding-inline-start:.25em}
.prose input[type=checkbox]{margin-inline-end:.5em;accent-color:var(--accent)}
.prose img{display:block;max-inline-size:100%;block-size:auto;margin-inline:auto;border-radius:var(--radius)}
.prose blockquote{margin-inline:0;padding-inline-start:1.2em;border-inline-start:4px solid var(--brand);color:var(--quiet)}
.prose code{font:.9em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);border-radius:.3em;padding:.12em .35em}
.prose pre{overflow-x:auto;line-height:1.55;background:var(--soft);border:1px solid var(--line);border-radius:var(--radius);padding:1rem 1.15rem}
.prose pre code{background:none;padding:0;font-size:.875rem;line-height:inherit;overflow-wrap:normal}
.prose table{display:block;overflow-x:auto;inline-size:max-content;max-inline-size:100%;border-collapse:collapse;font-size:1rem;line-height:1.5}
.prose th,.prose td{padding:.55rem .9rem .55rem 0;border-block-end:1px solid var(--line);text-align:start;vertical-align:top;overflow-wrap:normal;min-inline-size:5em}
.prose th+th,.prose td+td{padding-inline-start:.9rem}
.prose [align=center]{text-align:center}.prose [align=right]{text-align:end}
.prose hr{border:0;border-block-start:1px solid var(--line);margin-block:2.5em}
.prose .footnotes{margin-block-start:3em;font-size:1rem;color:var(--quiet)}
.prose .sr-only{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.more{margin-block-start:4rem}
.more>h2{font-size:1rem;color:var(--quiet);font-weight:600;letter-spacing:0;margin:0 0 1rem}
.more .list li{padding-block:1.25rem}
.notice{padding-block:clamp(2rem,12vh,8rem);text-align:center}
.notice h1{font-size:clamp(1.7rem,1.3rem + 2vw,2.4rem);margin:0}
.notice p{color:var(--quiet);max-inline-size:32rem;margin:1rem auto 0;text-wrap:balance}
.notice .go{display:inline-block;margin-block-start:1.75rem;padding:.65rem 1.3rem;border:2px solid var(--accent);border-radius:var(--radius);font-weight:600;text-decoration:none}
.notice .go:hover{text-decoration:underline}
.empty{border-block-start:1px solid var(--line);padding-block:2.5rem}
.empty h2{margin:0;font-size:1.45rem}
.empty p{color:var(--quiet);margin:.5rem 0 0}
.foot{border-block-start:1px solid var(--line);padding-block:1.75rem 2.25rem;color:var(--quiet);font-size:.9375rem}
.foot .wide{display:flex;flex-wrap:wrap;gap:.5rem 2rem;justify-content:space-between}
.foot p{margin:.35rem 0;max-inline-size:34rem;white-space:pre-line}
.foot ul{display:flex;gap:1.25rem;list-style:none;margin:0;padding:0}
.foot a{color:inherit}
.gif{position:absolute}
@media (max-width:34rem){.teaser{flex-direction:column-reverse;align-items:stretch;justify-content:flex-end;gap:1rem}.teaser img{inline-size:100%;aspect-ratio:2/1}.prose{font-size:calc(var(--size)*.945);line-height:1.7}main{padding-block-start:.5rem}}
@media print{.masthead .feed,.more,.foot,.skip{display:none}}`;
