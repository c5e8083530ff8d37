/** The conversation in the browser, as plain as it can be. What comes from the server is only ever text. */
export const page = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>微信客服会话（仿真）</title>
<style>
  body { max-width: 40rem; margin: 0 auto; padding: 1rem; font: 1rem/1.6 system-ui; background: #ededed; color: #191919 }
  li { list-style: none; margin: .6rem 0; padding: .6rem .8rem; border-radius: .4rem; white-space: pre-wrap; background: #fff }
  li.own { background: #95ec69; margin-inline-start: 4rem }
  ol { padding: 0 0 5rem; margin: 0 }
  li.notice { border-inline-start: .25rem solid #07c160 }
  small { display: block; color: #5a5a5a }
  form { position: fixed; inset: auto 0 0; display: flex; flex-wrap: wrap; gap: .5rem; padding: .8rem; background: #f7f7f7 }
  input { flex: 1 10rem; min-width: 0 }
  input, button { font: inherit; padding: .4rem .6rem }
</style>
<h1>微信客服会话（仿真）</h1>
<ol id="said" aria-live="polite"></ol>
<form id="form">
  <button type="button" data-do="sign-in">登录小程序</button>
  <button type="button" data-do="enter">进入会话</button>
  <button type="button" data-do="remind">打开提醒</button>
  <input id="text" aria-label="要说的话" autocomplete="off">
  <button>发送</button>
</form>
<script>
  const call = (path, body) => fetch(path, { method: 'POST', body })
  const link = /<a [^>]*data-miniprogram-path="([^"]*)"[^>]*>(.*?)<\\/a>/g
  let shown = ''
  async function show() {
    const { said, typing } = await (await fetch('said')).json()
    const now = JSON.stringify([said, typing])
    if (now === shown) return
    shown = now
    document.getElementById('said').replaceChildren(...said.map(item), ...(typing ? [item({ text: '对方正在输入…' })] : []))
    scrollTo(0, document.body.scrollHeight)
  }
  const small = textContent => Object.assign(document.createElement('small'), { textContent })
  function item({ text, own, ai, notice, page }) {
    const li = document.createElement('li')
    li.className = own ? 'own' : notice ? 'notice' : ''
    if (notice) li.append(small('服务通知 · ' + notice))
    li.append(text.replace(link, '〔$2 → $1〕'))
    if (notice) li.append(small('进入小程序查看 → ' + page))
    if (ai) li.append(small('内容由第三方 AI 生成'))
    return li
  }
  document.getElementById('form').onsubmit = event => {
    event.preventDefault()
    const text = document.getElementById('text')
    if (text.value) void call('say', text.value)
    text.value = ''
  }
  for (const button of document.querySelectorAll('[data-do]')) button.onclick = () => call(button.dataset.do)
  setInterval(() => void show().catch(() => undefined), 500)
</script>
</html>`
