import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import { piecesOf } from './answer-text.ts'
import { Tap } from './Tap.tsx'

interface AnswerLinesProps {
  lines: string[]
  /** The numbers that the clauses below bear. */
  numbers: number[]
  onCite: (number: number) => void
}

/** The paragraphs of an answer; a small raised number leads to its clause. */
export function AnswerLines({ lines, numbers, onCite }: AnswerLinesProps): ReactNode {
  return lines.map((line, index) => (
    <View key={index} className="answer-line">
      {piecesOf(line, numbers).map((piece, at) =>
        'text' in piece ? (
          <Text key={at} className="run" userSelect>
            {piece.text}
          </Text>
        ) : (
          <Tap
            key={at}
            className="cite"
            role="link"
            label={`依据 ${piece.cite}`}
            onTap={() => onCite(piece.cite)}
          >
            <Text className="cite-number">{piece.cite}</Text>
          </Tap>
        ),
      )}
    </View>
  ))
}
