declare module 'miniprogram-compiler' {
  export function wxmlToJs(folder: string): string
  export function wxssToJs(folder: string): string
}

declare module 'miniprogram-simulate' {
  interface Rendered {
    instance: Record<string, unknown>
    attach(parent: HTMLElement): void
    detach(): void
    querySelector(selector: string): Rendered | undefined
    querySelectorAll(selector: string): Rendered[]
    dispatchEvent(name: string, options?: object): void
    dom: HTMLElement | undefined
  }
  export function load(path: string, tag: string, options: object): string
  export function render(id: string): Rendered
  export function sleep(milliseconds: number): Promise<void>
}
