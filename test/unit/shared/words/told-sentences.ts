import { join } from 'node:path';
import ts from 'typescript';
import { SentenceReader } from './sentence-reader.ts';

/** A text that a person may be told, and where the source makes it. */
export interface ToldSentence {
  readonly text: string;
  readonly place: string;
}

const root = join(import.meta.dirname, '../../../..');

/** The command speaks English; what only it says needs no other words. The window has its own catalogue. */
const ELSEWHERE = /^src\/(main\/(command\/|cli)|shared\/words\/|renderer\/|preload\/)/;

/** Properties that hold sentences, or pieces of them, without being thrown. */
const TOLD_PROPERTIES: ReadonlySet<string> = new Set(['because', 'doing', 'mayEndEarlier']);

/** All that may reach the window of what failed: the words of errors, of advice, and of what is read off a link. */
export function toldSentences(): readonly ToldSentence[] {
  const program = programOf();
  const files = program
    .getSourceFiles()
    .filter(
      ({ fileName, isDeclarationFile }) => !isDeclarationFile && fileName.startsWith(join(root, 'src')),
    );
  const reader = new SentenceReader(program.getTypeChecker(), files);
  return files.flatMap((file) => {
    const path = file.fileName.slice(root.length + 1);
    if (ELSEWHERE.test(path)) return [];
    return toldIn(file).flatMap((expression) => {
      const { line } = file.getLineAndCharacterOfPosition(expression.getStart());
      return reader.read(expression).map((text) => ({ text, place: `${path}:${line + 1}` }));
    });
  });
}

function programOf(): ts.Program {
  const path = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: object };
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root);
  return ts.createProgram(fileNames, options);
}

function toldIn(file: ts.SourceFile): readonly ts.Expression[] {
  const told: ts.Expression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'SandglassError') {
      const [, message] = node.arguments ?? [];
      if (message) told.push(message);
    } else if (ts.isObjectLiteralExpression(node)) {
      told.push(...valuesOf(node, isFailure(node) ? ['message', 'next'] : ['next']));
      told.push(...valuesOf(node, [...TOLD_PROPERTIES]));
    } else if (ts.isArrayLiteralExpression(node) && isRule(node)) {
      told.push(...node.elements.slice(-1));
    } else if (ts.isCallExpression(node) && /\bproblems\.push$/.test(node.expression.getText())) {
      told.push(...node.arguments);
    } else if (ts.isFunctionDeclaration(node) && node.name?.text === 'describeOrigin') {
      node.body?.forEachChild(function inside(child) {
        if (ts.isReturnStatement(child) && child.expression) told.push(child.expression);
        child.forEachChild(inside);
      });
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return told;
}

/** What a link most likely does, and why: the last of a rule of `presigned-url.ts`. */
function isRule({ elements }: ts.ArrayLiteralExpression): boolean {
  const last = elements.at(-1);
  return elements.length === 4 && elements.some(ts.isArrowFunction) && !!last && ts.isStringLiteral(last);
}

/** A failure or advice that is put together without being thrown. */
function isFailure(object: ts.ObjectLiteralExpression): boolean {
  const names = object.properties.map((property) => property.name?.getText());
  return names.includes('message') && (names.includes('next') || names.includes('code'));
}

function valuesOf(object: ts.ObjectLiteralExpression, names: readonly string[]): readonly ts.Expression[] {
  return object.properties.flatMap((property) => {
    if (!names.includes(property.name?.getText() ?? '')) return [];
    if (ts.isShorthandPropertyAssignment(property)) return [property.name];
    if (!ts.isPropertyAssignment(property)) return [];
    const { initializer } = property;
    // A sentence that is made of what was asked is what the function returns.
    if (ts.isArrowFunction(initializer) && !ts.isBlock(initializer.body)) return [initializer.body];
    return [initializer];
  });
}
