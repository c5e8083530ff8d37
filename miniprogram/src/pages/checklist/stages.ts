/** Steps that follow each other in the same stage. */
export interface Stage<S> {
  name: string
  steps: S[]
}

/** The steps in their order, cut where another stage begins. */
export function stagesOf<S extends { stage: string }>(steps: readonly S[]): Stage<S>[] {
  const stages: Stage<S>[] = []
  for (const step of steps) {
    const last = stages[stages.length - 1]
    if (last?.name === step.stage) last.steps.push(step)
    else stages.push({ name: step.stage, steps: [step] })
  }
  return stages
}
