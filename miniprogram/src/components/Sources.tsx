import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Source } from '#shared/question'
import { usePageReads } from '../page-reads.ts'
import type { PageReads } from '../page-reads.ts'
import { open as openPage } from '../route.ts'
import { date } from '../when.ts'
import { Tap } from './Tap.tsx'

const nameOf = ({ law, article }: Source): string =>
  `${law.startsWith('《') ? law : `《${law}》`}${article ?? ''}`

function detailOf({ version, checkedOn }: Source): string {
  const parts = [version, checkedOn && `${date(checkedOn)}核对`].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : '版本未注明'
}

/** The stored clause that a source names; null where there is none, or no network to ask. */
function clauseOf(read: PageReads['read'], { law, article }: Source): Promise<string | null> {
  const query = { law: law.replace(/[《》]/g, ''), ...(article === undefined ? {} : { article }) }
  return read('GET /policy/source', { query }).then(
    ({ clause }) => clause,
    () => null,
  )
}

function SourceLine({ source }: { source: Source }): ReactNode {
  const { read } = usePageReads()
  const [open, setOpen] = useState(false)
  const show = (): void => {
    if (open) return setOpen(false)
    void clauseOf(read, source).then(clause => {
      if (clause) openPage(`clause/index?id=${clause}`)
      else setOpen(true)
    })
  }
  return (
    <View className="source">
      <Tap className="source-line" role="link" onTap={show}>
        <Text>{nameOf(source)}</Text>
        <Text className={open ? 'arrow is-open' : 'arrow'}>›</Text>
      </Tap>
      {open && <View className="source-detail">{detailOf(source)}</View>}
    </View>
  )
}

/** Where something rests: law and article as link lines; a tap opens the clause, or tells the version and when it was checked. */
export function Sources({ sources }: { sources: Source[] }): ReactNode {
  if (sources.length === 0) return null
  return (
    <View className="sources">
      {sources.map((source, index) => (
        <SourceLine key={index} source={source} />
      ))}
    </View>
  )
}
