import type { FrontState } from './front.ts'
import { wording } from './wording.ts'

type Unready = Exclude<FrontState, { phase: 'ready' }>

/** Colours of design/interface.md. */
const style = `
:root{--paper:#F6F4EF;--card:#fff;--line:#E4E0D8;--ink:#1F2328;--ink-2:#5A6068;--tea:#2F6B4F;--rust-soft:#F8E9E7;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#16181A;--card:#1E2124;--line:#33373B;--ink:#E8E6E1;--ink-2:#B0B5BB;--tea:#7FBF9F;--rust-soft:#3A2422}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:520px;margin:12vh auto 0;padding:16px}section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px}
h1{font-size:24px;line-height:1.35;margin:0 0 8px}p{margin:0 0 16px;color:var(--ink-2)}ol{margin:0;padding-left:24px}li{padding:4px 0}
.steps{list-style:none;padding:0}.steps li::before{content:"○";display:inline-block;width:28px;color:var(--ink-2)}.steps .done::before{content:"✓";color:var(--tea)}.steps .now::before{content:"●";color:var(--tea)}
.bar{height:8px;border-radius:4px;background:var(--line);overflow:hidden;margin:16px 0 8px}.bar i{display:block;height:100%;width:0;background:var(--tea);transition:width .2s}
@media (prefers-reduced-motion:reduce){.bar i{transition:none}}
small{font-size:15px;color:var(--ink-2);font-variant-numeric:tabular-nums}pre{background:var(--rust-soft);color:var(--ink);padding:12px;border-radius:10px;font-size:13px;overflow:auto;white-space:pre-wrap;margin:8px 0 0}`

/** The bar nears its end without ever reaching it before the page is there. */
const script = `
const began=Date.now()-Number(document.body.dataset.elapsed),expected=Number(document.body.dataset.expected)
const draw=()=>{const s=(Date.now()-began)/1000,x=s/expected
document.getElementById('s').textContent=Math.floor(s)
const p=Math.round(x<0.8?x*100:100-20*Math.exp(-(x-0.8)*3))
document.querySelector('.bar i').style.width=p+'%';document.querySelector('.bar').setAttribute('aria-valuenow',p)}
draw();setInterval(draw,500)
setInterval(async()=>{try{const r=await fetch('/building.json',{cache:'no-store'});const s=r.ok?await r.json():{phase:'ready'};if(s.phase!=='building')location.reload()}catch{}},1000)`

/** The page that stands in for the mini-program until it is built. */
export function frontPage(state: Unready, siteName: string, now: number): string {
  return state.phase === 'failed' ? failedPage(state.lines, siteName) : buildingPage(state, siteName, now)
}

function buildingPage(state: Extract<Unready, { phase: 'building' }>, siteName: string, now: number): string {
  const words = wording.building
  const body = `<h1>${words.title}</h1><p>${words.lead}</p>
<ol class="steps"><li class="done">${words.server}</li><li class="now">${words.page}</li><li>${words.open}</li></ol>
<div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-label="${words.page}"><i></i></div>
<small>${words.elapsed} <span id="s">0</span> ${words.seconds}</small>
<noscript><meta http-equiv="refresh" content="5"></noscript><script>${script}</script>`
  return page(siteName, body, `data-elapsed="${now - state.since}" data-expected="${state.expectedSeconds}"`)
}

function failedPage(lines: string[], siteName: string): string {
  const words = wording.failed
  const steps = words.steps.map(step => `<li>${step}</li>`).join('')
  const output = `<p><small>${words.lines}</small></p><pre>${lines.map(escaped).join('\n')}</pre>`
  return page(siteName, `<h1>${words.title}</h1><p>${words.lead}</p><ol>${steps}</ol>${output}`)
}

const page = (siteName: string, body: string, attributes = ''): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>${escaped(siteName)}</title><style>${style}</style></head>
<body ${attributes}><main><section>${body}</section></main></body></html>`

const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
