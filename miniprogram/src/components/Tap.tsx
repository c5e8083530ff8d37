import type { PropsWithChildren, ReactNode } from 'react'
import { View } from '@tarojs/components'

interface TapProps extends PropsWithChildren {
  onTap: () => void
  className?: string
  role?: 'button' | 'link' | 'switch' | 'tab' | 'radio' | 'checkbox'
  /** For roles with a state. */
  on?: boolean
  disabled?: boolean
  /** What a screen reader says where the content does not say it. */
  label?: string
}

/** Anything that can be tapped: at least 44 high, reachable by keyboard, and named for screen readers. */
export function Tap({
  onTap,
  className = '',
  role = 'button',
  on,
  disabled = false,
  label,
  children,
}: TapProps): ReactNode {
  const state = role === 'tab' ? { ariaSelected: on } : { ariaChecked: on }
  return (
    <View
      className={`tap ${className}${disabled ? ' is-disabled' : ''}`}
      hoverClass={disabled ? 'none' : 'is-pressed'}
      hoverStayTime={80}
      {...accessible(role, { ...state, ariaDisabled: disabled || undefined, ariaLabel: label })}
      onClick={disabled ? undefined : onTap}
    >
      {children}
    </View>
  )
}

type Aria = Record<`aria${string}`, boolean | string | undefined>

/** Attributes a screen reader understands, in the spelling of each platform. */
function accessible(role: string, aria: Aria): Record<string, unknown> {
  const named: Record<string, unknown> = { role, ...(process.env.TARO_ENV === 'h5' ? { tabIndex: 0 } : {}) }
  for (const [name, value] of Object.entries(aria)) {
    if (value !== undefined) named[`aria-${name.slice(4).toLowerCase()}`] = String(value)
  }
  return named
}
