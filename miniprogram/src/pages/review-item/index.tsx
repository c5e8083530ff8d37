import type { ReactNode } from 'react'
import { useRouter } from '@tarojs/taro'
import { Page } from '../../components/Page.tsx'
import { ItemDetail } from './ItemDetail.tsx'

definePageConfig({ navigationBarTitleText: '审核', disableScroll: true })

const nothing = (): void => undefined

/** One question of the review desk on a page of its own. */
export default function ReviewItemPage(): ReactNode {
  const { id = '' } = useRouter().params
  return (
    <Page title="审核">
      <ItemDetail id={id} onChanged={nothing} />
    </Page>
  )
}
