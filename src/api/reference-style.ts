/** The whole style of the reference page; its hash is what the page's policy lets in. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5a6169;--line:#e0e4e8;--paper:#fff;--pane:#f6f7f9;--link:#0b62b5;
--get:#0b62b5;--post:#1c7340;--put:#8a5200;--patch:#8a5200;--delete:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a3abb4;--line:#31373d;--paper:#15181b;--pane:#1d2125;--link:#7ab8f5;
--get:#7ab8f5;--post:#74cf96;--put:#efb35c;--patch:#efb35c;--delete:#ff8f86}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.375rem;margin:3rem 0 0;padding-top:1rem;border-top:1px solid var(--line);text-transform:capitalize}
h2.plain{text-transform:none}
h3{font-size:1.0625rem;margin:0 0 .25rem}
h4{font-size:.8125rem;margin:1.25rem 0 .25rem;color:var(--soft);font-weight:600}
p{margin:.25rem 0 .5rem;max-width:46rem}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
nav{padding:1rem;background:var(--pane);border-bottom:1px solid var(--line);font-size:.875rem}
nav>details>summary{font-weight:600;cursor:pointer;padding:.5rem 0}
nav ul{list-style:none;margin:0;padding:0}
nav li>a{display:block;padding:.3125rem 0;text-decoration:none;color:var(--ink)}
nav li>a:hover{text-decoration:underline}
nav p{margin:1rem 0 .25rem;font-weight:600;text-transform:capitalize}
main{padding:1.5rem 1rem 4rem;min-width:0}
article{margin:2rem 0;padding-bottom:1.5rem;border-bottom:1px solid var(--line)}
.place{display:flex;flex-wrap:wrap;gap:.25rem .625rem;align-items:baseline;margin:.25rem 0 .5rem}
.method{font:600 .8125rem ui-monospace,Menlo,Consolas,monospace;text-transform:uppercase}
.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.patch{color:var(--patch)}.delete{color:var(--delete)}
.soft{color:var(--soft);font-size:.875rem}
dl{margin:0;font-size:.9375rem}
dl>div{padding:.5rem 0;border-top:1px solid var(--line)}
dt{font-weight:500}
dt .soft{font-weight:400;margin-left:.375rem}
dd{margin:.125rem 0 0}
dd dl{margin:.5rem 0 0;padding-left:1rem;border-left:2px solid var(--line)}
pre{margin:.5rem 0;padding:.75rem 1rem;background:var(--pane);border:1px solid var(--line);border-radius:.375rem;overflow-x:auto;white-space:pre;overflow-wrap:normal}
details>summary{cursor:pointer;color:var(--link);font-size:.9375rem;padding:.25rem 0}
@media (min-width:60rem){
.page{display:grid;grid-template-columns:17rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow-y:auto;border-bottom:0;border-right:1px solid var(--line)}
nav>details::details-content{content-visibility:visible;block-size:auto}
main{padding:2rem 3rem 6rem;max-width:64rem}}
@media print{nav{display:none}}
`;
