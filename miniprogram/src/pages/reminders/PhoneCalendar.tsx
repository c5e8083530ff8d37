import type { ReactNode } from 'react'
import { useState } from 'react'
import Taro from '@tarojs/taro'
import { Text, View } from '@tarojs/components'
import { Tap } from '../../components/Tap.tsx'
import { download } from '../../download.ts'
import { date, today } from '../../when.ts'
import { Choice } from './Choice.tsx'
import { eventsOf, icsOf, monthsAfter } from './phone-calendar.ts'
import type { Ringing } from './phone-calendar.ts'
import type { Said } from './platform-words.ts'
import { writeEvent } from './write-event.ts'

const weapp = process.env.TARO_ENV === 'weapp'
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const MONTHS = [1, 3, 6]
const NAMES = ['一', '二', '三', '四', '五', '六', '日']

/** 手机日历: one time of the day rings by itself, up to a day that is chosen; it knows nothing of what was learned. */
export function PhoneCalendar({ times, days }: { times: string[]; days: number[] }): ReactNode {
  const [chosen, setTime] = useState('')
  const [months, setMonths] = useState(3)
  const [daily, setDaily] = useState(false)
  const time = times.includes(chosen) ? chosen : (times[0] ?? '')
  const all = daily || days.length === EVERY_DAY.length
  const ringing = { time, days: all ? EVERY_DAY : days, last: monthsAfter(today(), months) }
  return (
    <View className="card reminder">
      <Text className="card-title is-small">写进{weapp ? '手机' : ''}日历</Text>
      <Text className="goal-line">
        会在 {time} 响铃，学完那天也会响；{date(ringing.last)}后自动停止。
      </Text>
      {times.length > 1 && (
        <Choice name="几点响" values={times} value={time} say={at => at} onChoose={setTime} />
      )}
      {days.length < EVERY_DAY.length && (
        <Choice
          name="哪天响"
          values={[false, true]}
          value={daily}
          say={every => (every ? '每天' : '选的几天')}
          onChoose={setDaily}
        />
      )}
      <Choice name="响多久" values={MONTHS} value={months} say={of => `${of} 个月`} onChoose={setMonths} />
      {weapp ? <InPhone key={JSON.stringify(ringing)} ringing={ringing} /> : <AsFile ringing={ringing} />}
    </View>
  )
}

/** The phone takes one event for each tap, and asks each time. */
function InPhone({ ringing }: { ringing: Ringing }): ReactNode {
  const [written, setWritten] = useState(0)
  const [said, setSaid] = useState<Said | null>(null)
  const events = eventsOf(ringing, new Date())
  const next = events[written]
  const write = (): void => {
    if (!next) return
    void writeEvent(next).then(came => {
      setSaid(came)
      if (came?.done) setWritten(written + 1)
    })
  }
  return (
    <View>
      {events.length > 1 && (
        <Text className="row-note">
          手机日历一次只收一天：{events.length} 天要点 {events.length} 次；选“每天”只点一次。
        </Text>
      )}
      {next ? (
        <Tap className="btn btn-line is-wide" onTap={write}>
          {buttonOf(ringing, events.length, written)}
        </Tap>
      ) : (
        <View className="report-done" role="status">
          都交给手机日历了。手机弹窗里点了取消的那次没有写进去；不想要了，在手机日历里删掉就行。
        </View>
      )}
      {said && next && (
        <View className={said.done ? 'report-done' : 'reminder-said'} role="status">
          {said.text}
        </View>
      )}
      {said?.settings && (
        <Tap className="btn btn-line is-wide" onTap={() => void Taro.openSetting().catch(() => undefined)}>
          去打开日历权限
        </Tap>
      )}
    </View>
  )
}

function buttonOf({ days }: Ringing, of: number, written: number): string {
  if (of === 1) return '写进手机日历'
  const day = `周${NAMES[(days[written] ?? 1) - 1]}`
  return written === 0 ? `写进手机日历（${day}）` : `再写${day}，还差 ${of - written} 天`
}

function AsFile({ ringing }: { ringing: Ringing }): ReactNode {
  const [saved, setSaved] = useState(false)
  const save = (): void => {
    download('日知提醒.ics', icsOf(ringing, new Date()), 'text/calendar')
    setSaved(true)
  }
  return (
    <View>
      <Tap className="btn btn-line is-wide" onTap={save}>
        下载日历文件
      </Tap>
      {saved && (
        <View className="report-done" role="status">
          已保存为“日知提醒.ics”，用手机或电脑的日历打开就会加进去。
        </View>
      )}
    </View>
  )
}
