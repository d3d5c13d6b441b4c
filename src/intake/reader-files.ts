const isSource = import.meta.url.endsWith('.ts');
const find = (name: string) => new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url);

/** What a thread and a child process run: the bundled files beside this one, or the sources where this is one. */
export const readerFiles = { worker: find('worker'), child: find('child') };
