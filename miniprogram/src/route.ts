import Taro from '@tarojs/taro'
import type { ChatAction } from '#shared/chat'
import { createStore } from './store.ts'

/** The three pages of the tab bar. */
export type Tab = 'today' | 'practice' | 'me'

/** What another page asks the chat to do as soon as it is in view. */
export const intent = createStore<ChatAction | null>(null)

/** Goes to a page of the tab bar. */
export function goTab(tab: Tab): void {
  const url = `/pages/${tab}/index`
  if (process.env.TARO_ENV !== 'h5') return void Taro.switchTab({ url })
  // Taro replaces the address for a tab, so that the browser's Back would leave the app.
  const pages = Taro.getCurrentPages()
  if (pages[pages.length - 1]?.route !== url) void Taro.navigateTo({ url })
}

/** Opens a page above the present one. */
export const open = (page: string): void => void Taro.navigateTo({ url: `/pages/${page}` })

const TABS: Record<string, Tab> = {
  'pages/today/index': 'today',
  'pages/practice/index': 'practice',
  'pages/me/index': 'me',
}

/** Opens a page as the server names it: `pages/lesson/index?id=…`. */
export function openPage(page: string): void {
  const tab = TABS[page.split('?')[0] ?? '']
  if (tab) goTab(tab)
  else void Taro.navigateTo({ url: `/${page}` })
}

/** Goes back, or home when the page was opened by its address. */
export function back(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else goTab('today')
}

/** Goes to the chat and lets it do `action` there. */
export function doInChat(action: ChatAction): void {
  intent.set(action)
  goTab('today')
}
