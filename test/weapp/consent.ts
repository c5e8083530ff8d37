/** What a guarded function is answered with. */
type Answer =
  { event: 'exposureAuthorization' } | { event: 'disagree' } | { event: 'agree'; buttonId: string }
type Listener = (resolve: (answer: Answer) => void, info: { referrer: string }) => void

/** WeChat's side of privacy: what is guarded waits until the person agrees by a button that was really tapped. */
export interface Consent {
  /** What a base library has of it; none before 2.32.3. */
  readonly wx: object
  given: boolean
  /** Functions the 隐私保护指引 does not name. */
  readonly undeclared: Set<string>
  /** What is waiting for an answer. */
  readonly waiting: number
  /** How often WeChat was told that the sheet is in view. */
  readonly exposures: number
  /** How often the contract was opened. */
  readonly contracts: number
  /** The button with this id was tapped. */
  tapped(id: string): void
  /** Runs a guarded function once it may run; otherwise it fails as WeChat makes it fail. */
  guard(referrer: string, run: () => void, fail: (failure: { errno: number; errMsg: string }) => void): void
}

/** Somebody who has agreed before. Source: onNeedPrivacyAuthorization, developers.weixin.qq.com. */
export function createConsent(): Consent {
  const taps = new Set<string>()
  let listener: Listener | undefined
  let [waiting, exposures, contracts] = [0, 0, 0]
  const consent: Consent = {
    given: true,
    undeclared: new Set(),
    get waiting() {
      return waiting
    },
    get exposures() {
      return exposures
    },
    get contracts() {
      return contracts
    },
    tapped: id => void taps.add(id),
    wx: {
      onNeedPrivacyAuthorization: (given: Listener) => {
        listener = given
      },
      openPrivacyContract: () => {
        contracts += 1
      },
    },
    guard(referrer, run, fail) {
      if (consent.undeclared.has(referrer)) {
        const errMsg = `${referrer}:fail api scope is not declared in the privacy agreement`
        return fail({ errno: 112, errMsg })
      }
      if (consent.given) return run()
      waiting += 1
      let over = false
      listener?.(
        answer => {
          if (answer.event === 'exposureAuthorization') return void (exposures += 1)
          if (over) throw new Error('answered twice')
          over = true
          waiting -= 1
          if (answer.event === 'disagree') {
            return fail({ errno: 104, errMsg: `${referrer}:fail privacy permission is not authorized` })
          }
          if (!taps.has(answer.buttonId)) throw new Error('buttonId is wrong: nobody tapped it')
          consent.given = true
          run()
        },
        { referrer },
      )
    },
  }
  return consent
}
