import { count, megabytes } from './sent-files.js';

/**
 * Sends a form and returns the last line of the response, which is the result. Meanwhile tells how far it is.
 * @throws Error when the server cannot be reached or refuses the form
 */
export function sendForm(path: string, form: FormData, tell: (progress: string) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/x-ndjson');
    request.upload.onprogress = ({ loaded, total }) => {
      if (loaded < total) tell(`Sending ${megabytes(loaded)} of ${megabytes(total)}…`);
      else tell('Reading…');
    };
    request.onprogress = () => {
      const lines = request.responseText.trimEnd().split('\n');
      const { done, total } = parseLine(lines.at(-1)) as { done?: number; total?: number };
      if (done !== undefined && total !== undefined) tell(`Read ${done.toLocaleString('en')} of ${count(total)}…`);
    };
    request.onload = () => {
      if (request.status === 200) resolve(parseLine(request.responseText.trimEnd().split('\n').at(-1)));
      else reject(new Error(`the server says ${request.status}`));
    };
    request.onerror = () => reject(new Error('the server does not answer'));
    request.send(form);
  });
}

/** A line that has not arrived in full says nothing. */
function parseLine(line = '{}'): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
