/** What decides which row of the table an event is; each fact has its observation `event.…`, or one of `exception.…`. */
export interface EventFacts {
  pool?: string;
  code?: string;
  process?: string;
  file?: string;
  service?: string;
  account?: string;
  webCode?: number;
  logonType?: number;
  alert?: number;
  exceptionType?: string;
  exceptionMessage?: string;
  refusedPath?: string;
  application?: string;
  method?: string;
  url?: string;
}
