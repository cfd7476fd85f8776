// Renders a folder with kubectl's kustomize, holds every document against Kubernetes' schemas (values, enumerations, what is
// required) and types (fields that there are not), and says on standard output: {"documents": [...], "problems": [...]}.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const rendered = execFileSync('kubectl', ['kustomize', process.argv[2]], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const documents = parseAllDocuments(rendered).map((document) => {
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
});

const problems = [];
for (const document of documents) {
  const { [document.kind]: Model } = await import(moduleOf(document)).catch(() => ({}));
  if (!Model) {
    problems.push(`${nameOf(document)}: there is no such kind in ${document.apiVersion}.`);
    continue;
  }
  try {
    new Model(document).validate();
  } catch (error) {
    problems.push(`${nameOf(document)}: ${error.message}`);
  }
}
console.log(JSON.stringify({ documents, problems: [...problems, ...unknownFields()] }));

// An object literal may have no field that its type does not know, however deep.
function unknownFields() {
  const known = documents.filter((document) => !problems.some((problem) => problem.startsWith(`${nameOf(document)}: there is no`)));
  const source = known.map((document, i) => `import type { I${document.kind} as T${i} } from ${JSON.stringify(moduleOf(document))};
export const d${i}: T${i} = ${JSON.stringify(document)};`).join('\n');
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, skipLibCheck: true, types: [] };
  const file = path.join(here, 'rendered.ts');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? source : readFile(name));
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest));
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const line = found.file === undefined ? 0 : found.file.getLineAndCharacterOfPosition(found.start).line;
    return `${nameOf(known[line >> 1] ?? known[0])}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}

function moduleOf(document) {
  return `kubernetes-models/${document.apiVersion}`;
}

function nameOf(document) {
  return `${document.kind} '${document.metadata?.name}'`;
}
