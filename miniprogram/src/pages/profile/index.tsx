import type { ReactNode } from 'react'
import { Failed } from '../../components/Failed.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Page } from '../../components/Page.tsx'
import { useResource } from '../../resource.ts'
import { NameForm } from './NameForm.tsx'
import { NumberRow } from './NumberRow.tsx'
import { PhoneCard } from './PhoneCard.tsx'
import { Picture } from './Picture.tsx'

definePageConfig({ navigationBarTitleText: '个人资料', disableScroll: true })

/** 个人资料: what one is called, one's picture on this phone, and a phone number for those who give it. */
export default function ProfilePage(): ReactNode {
  const { value, failure, reload, put } = useResource('me', read => read('GET /me'))
  return (
    <Page title="个人资料">
      {!value && failure === '' && <Loading cards={2} />}
      {!value && failure !== '' && <Failed what="个人资料没有打开" why={failure} onRetry={reload} />}
      {value && (
        <>
          <Picture name={value.name} />
          <NameForm name={value.name} onSaved={put} />
          <PhoneCard phone={value.phone} onChanged={put} />
          <NumberRow number={value.id} />
        </>
      )}
    </Page>
  )
}
