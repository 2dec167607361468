// What a command stops for, in the reader's language; run.ts turns it into a message and an exit code.

/** The exit codes. */
export const EXIT = { done: 0, failed: 1, badInput: 2, bug: 70, interrupted: 130 } as const;

/** Bad input: what the user can put right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** A line below the message that says what to try. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The command has said what there is to say, and that is bad news: exit code 1. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** The command was asked to stop and did, with nothing half done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
