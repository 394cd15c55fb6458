/** One style sheet for all pages, in the reader's own colours and fonts. */
const light = `
  --ground: #fdfdfc; --text: #1c1c1a; --faint: #595955; --line: #c9c9c4; --panel: #f2f2ef; --link: #0b57a4;
  --job: #1d5fa8; --file: #5f5f5a; --dirty: #8a4b00; --stale: #9b1c31; --changed: #9b1c31; --first: #7a3fa0; --second: #006b54; --edge: #b4b4ae;`
const dark = `
  --ground: #161615; --text: #ececea; --faint: #aaaaa4; --line: #44443f; --panel: #22221f; --link: #8fc1f5;
  --job: #6fb0f0; --file: #b4b4ae; --dirty: #f0b05a; --stale: #ff8fa0; --changed: #ff8fa0; --first: #d0a5ee; --second: #62d3b6; --edge: #55554f;`

export const styleSheet = `:root { color-scheme: light dark;${light} }
@media (prefers-color-scheme: dark) { :root {${dark} } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: var(--ground); color: var(--text); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; padding: .5rem 1rem; border-bottom: 1px solid var(--line); }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
header .name { font-weight: 600; }
header form { display: flex; gap: .25rem; }
header input { width: min(22rem, 55vw); }
main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
main:focus { outline: none; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; margin: .5rem 0; }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, .stage:focus-visible, .wide:focus-visible, pre:focus-visible { outline: .2rem solid var(--link); outline-offset: .1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; color: var(--faint); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { white-space: nowrap; }
@media (max-width: 60rem) { td { min-width: 7.5em; } }
td ul { margin: 0; padding-left: 1.1rem; }
code, pre { font: .9375em ui-monospace, monospace; }
pre { background: var(--panel); padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
small { color: var(--faint); }
label { display: block; margin: .6rem 0; }
input, button, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--faint); border-radius: .2rem; padding: .3rem .6rem; }
button { background: var(--panel); cursor: pointer; }
main label > input:not([type=checkbox]):not([type=radio]), main label > select { display: block; width: 100%; max-width: 36rem; }
fieldset { border: 1px solid var(--line); }
.notice { border-left: .25rem solid var(--stale); padding-left: .75rem; }
.mark { border: 1px solid currentColor; border-radius: .2rem; padding: 0 .3rem; font-size: .8125em; white-space: nowrap; }
.dirty { color: var(--dirty); } .stale, .changed, .different, .missing { color: var(--stale); } .first { color: var(--first); } .second, .identical { color: var(--second); }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.stage { position: relative; height: 70vh; min-height: 20rem; border: 1px solid var(--line); background: var(--ground); overflow: hidden; }
.stage canvas { display: block; width: 100%; height: 100%; touch-action: none; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
.tools label { display: flex; gap: .5rem; align-items: center; margin: 0; white-space: nowrap; max-width: 100%; }
#goto { width: 16rem; min-width: 0; }
.legend { color: var(--faint); margin: .25rem 0; }
@media (prefers-reduced-motion: no-preference) { a { transition: color .1s; } }
@media print { header form, .tools, #drawing { display: none; } }
`
