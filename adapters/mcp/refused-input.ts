/** Input that a tool does not take. The message is one or two full sentences for the agent. */
export class RefusedInput extends Error {}
