import me from '../assets/me.png'
import meOn from '../assets/me-on.png'
import practice from '../assets/practice.png'
import practiceOn from '../assets/practice-on.png'
import today from '../assets/today.png'
import todayOn from '../assets/today-on.png'
import type { Tab } from '../route.ts'

/** The three places of the app, for the bars drawn in a browser. */
export const tabs: { tab: Tab; label: string; icon: string; iconOn: string }[] = [
  { tab: 'today', label: '今日', icon: today, iconOn: todayOn },
  { tab: 'practice', label: '练习', icon: practice, iconOn: practiceOn },
  { tab: 'me', label: '我的', icon: me, iconOn: meOn },
]
