import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { Source } from '#shared/question'
import { date } from '../when.ts'
import { Tap } from './Tap.tsx'

const nameOf = ({ law, article }: Source): string =>
  `${law.startsWith('《') ? law : `《${law}》`}${article ?? ''}`

function detailOf({ version, checkedOn }: Source): string {
  const parts = [version, checkedOn && `${date(checkedOn)}核对`].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : '版本未注明'
}

function SourceLine({ source }: { source: Source }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <View className="source">
      <Tap className="source-line" role="link" onTap={() => setOpen(!open)}>
        <Text>{nameOf(source)}</Text>
        <Text className={open ? 'arrow is-open' : 'arrow'}>›</Text>
      </Tap>
      {open && <View className="source-detail">{detailOf(source)}</View>}
    </View>
  )
}

/** Where something rests: law and article as link lines; a tap shows the version and when it was checked. */
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
