import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import type { Clause } from '#shared/policy'
import { clauseCopy, standingWords } from '../../components/answer-text.ts'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { ScrollColumn } from '../../components/ScrollColumn.tsx'
import { Tap } from '../../components/Tap.tsx'
import { copy } from '../../clipboard.ts'
import { usePageReads } from '../../page-reads.ts'
import { doInChat } from '../../route.ts'
import { Article, articleId } from './Article.tsx'
import { useClause } from './useClause.ts'
import type { ClauseReply } from './useClause.ts'
import { Versions } from './Versions.tsx'

definePageConfig({ navigationBarTitleText: '条文', disableScroll: true })

/** A clause in its law: how it stands, what is around it, its versions, and the questions that rest on it. */
export default function ClausePage(): ReactNode {
  const { id = '' } = useRouter().params
  const { found, failure, trouble, reload, earlier, later } = useClause(id)
  const [showVersions, setShowVersions] = useState(false)

  if (!found) {
    return (
      <Page title="条文">
        {failure === '' ? (
          <Loading cards={2} />
        ) : (
          <Failed what="条文没有打开" why={failure} onRetry={reload} />
        )}
      </Page>
    )
  }
  const { clause, file, version, versions, articles, moreBefore, moreAfter } = found
  return (
    <Page title="条文" fixed foot={<Foot clause={clause} />}>
      <LawHead clause={clause} />
      <ScrollColumn target={articleId(clause)} onEnd={later}>
        <Issued clause={clause} file={file} />
        {versions.length > 1 && (
          <Tap className="more-line" onTap={() => setShowVersions(!showVersions)}>
            <Text>共 {versions.length} 个版本</Text>
            <Text className={showVersions ? 'arrow is-open' : 'arrow'}>›</Text>
          </Tap>
        )}
        {showVersions && <Versions versions={versions} current={version} label={clause.label} />}
        {moreBefore && (
          <Tap className="more-line" onTap={earlier}>
            看前面的条文
          </Tap>
        )}
        {articles.map((article, at) => (
          <Article
            key={article.id}
            article={article}
            before={articles[at - 1]}
            here={article.id === clause.id}
          />
        ))}
        {trouble !== '' && <View className="field-failure">{trouble}</View>}
        {moreAfter && (
          <Tap className="more-line" onTap={later}>
            看后面的条文
          </Tap>
        )}
      </ScrollColumn>
    </Page>
  )
}

function LawHead({ clause }: { clause: Clause }): ReactNode {
  const { word, more, tone } = standingWords(clause)
  return (
    <View className="law-head">
      <View className="law-title" role="heading">
        {clause.title}
      </View>
      <View className={`law-band is-${tone}`}>
        <Text className="law-standing">{word}</Text>
        <Text className="figure">{[clause.level, more].filter(part => part !== '').join(' · ')}</Text>
      </View>
    </View>
  )
}

function Issued({ clause, file }: { clause: Clause; file: ClauseReply['file'] }): ReactNode {
  const facts = [file.issuer, file.number, clause.day === null ? '' : `${clause.day} 文本`]
  return (
    <View className="issued figure">
      {facts
        .filter(fact => fact !== '')
        .map(fact => (
          <Text key={fact} className="hint">
            {fact}
          </Text>
        ))}
    </View>
  )
}

function Foot({ clause }: { clause: Clause }): ReactNode {
  const { read } = usePageReads()
  const [questions, setQuestions] = useState(0)
  const [copied, setCopied] = useState<string | null>(null)
  useEffect(() => {
    read('GET /practice/clauses/:id', { params: { id: clause.id } }).then(
      reply => setQuestions(reply.questions),
      () => setQuestions(0),
    )
  }, [clause.id, read])

  return (
    <View className="page-foot">
      {copied && <View className="foot-hint">{copied}</View>}
      <View className="foot-ways">
        <Tap className="btn btn-line" onTap={() => void copy(clauseCopy(clause)).then(setCopied)}>
          {copied === '' ? '已复制' : '复制'}
        </Tap>
        {questions > 0 && (
          <Tap
            className="btn btn-seal foot-main"
            onTap={() => doInChat({ type: 'practise', scope: 'clause', clause: clause.id })}
          >
            练这一条 ({questions})
          </Tap>
        )}
      </View>
    </View>
  )
}
