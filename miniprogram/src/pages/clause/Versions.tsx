import type { ReactNode } from 'react'
import { useState } from 'react'
import { Text, View } from '@tarojs/components'
import type { VersionLine } from '#shared/policy'
import { StandingMark } from '../../components/StandingMark.tsx'
import { Tap } from '../../components/Tap.tsx'
import { wordsOf } from '../../failure.ts'
import { usePageReads } from '../../page-reads.ts'
import { open } from '../../route.ts'
import { articleIn } from './useClause.ts'

interface VersionsProps {
  versions: VersionLine[]
  /** The version in view. */
  current: string
  /** The clause in view; the same one is opened in another version. */
  label: string
}

/** The versions of a law: when each applied, and its text where it is stored. */
export function Versions({ versions, current, label }: VersionsProps): ReactNode {
  const { read } = usePageReads()
  const [trouble, setTrouble] = useState('')
  const show = (version: string): void => {
    setTrouble('')
    articleIn(read, version, label).then(
      clause => {
        if (clause) open(`clause/index?id=${clause}`)
        else setTrouble('这一版没有收录正文')
      },
      (why: unknown) => setTrouble(wordsOf(why)),
    )
  }
  return (
    <View className="card is-list">
      {versions.map((version, at) => (
        <VersionRow key={version.id ?? at} version={version} current={version.id === current} onShow={show} />
      ))}
      {trouble !== '' && <View className="field-failure">{trouble}</View>}
    </View>
  )
}

interface VersionRowProps {
  version: VersionLine
  current: boolean
  onShow: (version: string) => void
}

function VersionRow({ version, current, onShow }: VersionRowProps): ReactNode {
  const { id, day, from, until } = version
  const words = (
    <>
      <View className="version-words">
        <View className="cited-facts">
          <Text className="row-name is-reading figure">{day ? `${day} 文本` : '日期不明的文本'}</Text>
          <StandingMark clause={version} />
        </View>
        <Text className="hint figure">{periodWords(from, until)}</Text>
      </View>
      <View className="row-end">
        <Text className="hint">{current ? '正在看' : id ? '' : '未收录正文'}</Text>
        {id && !current && <Text className="arrow">›</Text>}
      </View>
    </>
  )
  if (!id || current) return <View className="row version is-still">{words}</View>
  return (
    <Tap className="row version" role="link" onTap={() => onShow(id)}>
      {words}
    </Tap>
  )
}

function periodWords(from: string | null, until: string | null): string {
  const began = from ? `${from} 起施行` : '施行日期不明'
  return until ? `${began}，到 ${until} 为止` : began
}
