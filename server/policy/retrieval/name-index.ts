import { NOT_IN_NAME, VERSION_IN_NAME } from './citation-vocabulary.ts'
import { fold } from './gram.ts'
import type { Shelf } from './shelf.ts'

/** A document on its shelf. */
export interface Place {
  shelf: number
  document: number
}

/** A name as it is compared. */
export const plainName = (name: string): string => fold(name).replace(NOT_IN_NAME, '')

/** Finds the names of documents in a question. */
export class NameIndex {
  /** Names by their first two characters, longest first. */
  #byHead = new Map<string, string[]>()
  #places = new Map<string, Place[]>()

  constructor(shelves: readonly Shelf[]) {
    shelves.forEach(({ documents }, shelf) => {
      documents.forEach((entry, document) => {
        for (const name of entry ? namesOf(entry) : []) this.#put(name, { shelf, document })
      })
    })
    for (const [name] of this.#places) {
      const head = name.slice(0, 2)
      this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), name])
    }
    for (const names of this.#byHead.values()) names.sort((a, b) => b.length - a.length)
  }

  /** The longest name that a plain text has at a place, '' for none. */
  at(text: string, from: number): string {
    const names = this.#byHead.get(text.slice(from, from + 2)) ?? []
    return names.find(name => text.startsWith(name, from)) ?? ''
  }

  /** The documents of that name, in the order they were added. */
  placesOf(name: string): readonly Place[] {
    return this.#places.get(name) ?? []
  }

  #put(name: string, place: Place): void {
    const places = this.#places.get(name)
    if (places) places.push(place)
    else this.#places.set(name, [place])
  }
}

/** The names of a document as they are compared, with and without the mark of its version. */
export function namesOf({ name, otherNames }: { name: string; otherNames: string[] }): string[] {
  const plain = [name, ...otherNames].map(plainName)
  const names = new Set([...plain, ...plain.map(one => one.replace(VERSION_IN_NAME, ''))])
  return [...names].filter(one => one.length >= 2)
}
