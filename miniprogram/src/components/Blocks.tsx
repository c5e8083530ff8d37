import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { Block } from '#shared/course'

type Spans = Extract<Block, { type: 'paragraph' }>['spans']

const Run = ({ spans }: { spans: Spans }): ReactNode =>
  spans.map(({ text, strong }, index) => (
    <Text key={index} className={strong ? 'run strong' : 'run'} userSelect>
      {text}
    </Text>
  ))

/** The text of a lesson's section. */
export function Blocks({ blocks }: { blocks: Block[] }): ReactNode {
  return blocks.map((block, index) => {
    if (block.type === 'paragraph') {
      return (
        <View key={index} className="para">
          <Run spans={block.spans} />
        </View>
      )
    }
    if (block.type === 'quote') {
      return (
        <View key={index} className="quote">
          <Run spans={block.spans} />
        </View>
      )
    }
    return (
      <View key={index} className="list">
        {block.items.map((spans, item) => (
          <View key={item} className="list-item">
            <Text className="list-mark figure">{block.ordered ? `${item + 1}.` : '·'}</Text>
            <View className="list-text">
              <Run spans={spans} />
            </View>
          </View>
        ))}
      </View>
    )
  })
}
