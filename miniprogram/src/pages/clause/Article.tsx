import type { ReactNode } from 'react'
import { Text, View } from '@tarojs/components'
import type { ArticleLine } from '#shared/policy'
import { headingsAt, paragraphsOf, rowsOf } from './article-text.ts'

interface ArticleProps {
  article: ArticleLine
  /** The one above it, to know where a chapter begins. */
  before: ArticleLine | undefined
  /** The clause that was asked for. */
  here: boolean
}

/** The id of an article on the page; versions may be open above each other. */
export const articleId = ({ id }: { id: string }): string => `article-${id}`

/** An article of a law with the headings that begin at it. */
export function Article({ article, before, here }: ArticleProps): ReactNode {
  const { label, path, text, columns } = article
  const table = rowsOf(text, columns)
  return (
    <View>
      {headingsAt(path, before?.path).map((heading, at) => (
        <View key={at} className="article-heading" role="heading">
          {heading}
        </View>
      ))}
      <View id={articleId(article)} className={here ? 'article is-here' : 'article'}>
        {label !== '' && <Text className="article-label">{label}</Text>}
        {table ? <Table rows={table} /> : <Paragraphs text={text} />}
      </View>
    </View>
  )
}

const Paragraphs = ({ text }: { text: string }): ReactNode =>
  paragraphsOf(text).map(({ text: words, name, item }, at) => (
    <View key={at} className={item ? 'article-line is-item' : 'article-line'}>
      <Text className="run" userSelect>
        {words}
      </Text>
      {name !== '' && <Text className="article-part">{name}</Text>}
    </View>
  ))

const Table = ({ rows }: { rows: { name: string; text: string }[][] }): ReactNode =>
  rows.map((cells, row) => (
    <View key={row} className="article-row">
      {cells.map(({ name, text }, at) => (
        <View key={at} className="article-cell">
          <Text className="article-column">{name}</Text>
          <Text className="article-value" userSelect>
            {text}
          </Text>
        </View>
      ))}
    </View>
  ))
