/** The conversation of a case, and the message that changes it. */
export interface CasePlace {
  thread: string;
  tenant: string;
  /** Key of the message; a unique one for calls without a message. */
  message: string;
  who?: string;
}
