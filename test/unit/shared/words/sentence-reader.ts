import ts from 'typescript';

/** A sentence as the source makes it: what differs from one time to the next is a hole. */
export const HOLE = '\u25a1';

/** More ways than these to say one thing are no sentence, but text that is put together. */
const MOST_WAYS = 80;
const MOST_STEPS = 12;

/**
 * Reads off the source which texts an expression can be: follows constants, the branches of conditions, what functions
 * return and what they are called with. What cannot be followed is a hole.
 */
export class SentenceReader {
  readonly #checker: ts.TypeChecker;
  readonly #calls = new Map<ts.Symbol, ts.CallExpression[]>();
  readonly #given = new Map<ts.Symbol, ts.Expression[]>();

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.#checker = checker;
    for (const file of files) this.#index(file);
  }

  /** All texts that it can be. */
  read(expression: ts.Expression): readonly string[] {
    return [...new Set(this.#read(expression, MOST_STEPS))];
  }

  #index(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const symbol = this.#symbol(node.expression);
      if (symbol) this.#calls.set(symbol, [...(this.#calls.get(symbol) ?? []), node]);
    }
    if (ts.isObjectLiteralExpression(node)) this.#indexObject(node);
    ts.forEachChild(node, (child) => {
      this.#index(child);
    });
  }

  /** What a property that a type names is given somewhere. */
  #indexObject(object: ts.ObjectLiteralExpression): void {
    const type = this.#checker.getContextualType(object);
    for (const property of object.properties) {
      if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) continue;
      if (!ts.isIdentifier(property.name)) continue;
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
      const kinds = type?.isUnion() ? type.types : type ? [type] : [];
      for (const kind of kinds) {
        for (const declaration of kind.getProperty(property.name.text)?.declarations ?? []) {
          const owner = this.#checker.getSymbolAtLocation(
            ts.getNameOfDeclaration(declaration) ?? declaration,
          );
          if (owner) this.#given.set(owner, [...(this.#given.get(owner) ?? []), value]);
        }
      }
    }
  }

  #symbol(node: ts.Node): ts.Symbol | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.#checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #read(node: ts.Expression, steps: number): readonly string[] {
    if (steps === 0) return [HOLE];
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return this.#template(node, steps);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
      return this.#read(node.expression, steps);
    }
    if (ts.isConditionalExpression(node)) {
      return [...this.#read(node.whenTrue, steps), ...this.#read(node.whenFalse, steps)];
    }
    if (ts.isBinaryExpression(node)) return this.#binary(node, steps);
    if (ts.isCallExpression(node)) return this.#returned(node, steps);
    if (ts.isIdentifier(node) && node.text === 'undefined') return [];
    if (node.kind === ts.SyntaxKind.NullKeyword) return [];
    const literals = this.#literalsOf(node);
    if (literals) return literals;
    if (ts.isElementAccessExpression(node)) return this.#listed(node, steps);
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return this.#named(node, steps);
    return [HOLE];
  }

  #template(node: ts.TemplateExpression, steps: number): readonly string[] {
    let texts: readonly string[] = [node.head.text];
    for (const { expression, literal } of node.templateSpans) {
      const ways = distinct(this.#read(expression, steps - 1));
      const pieces = texts.length * ways.length > MOST_WAYS || ways.length === 0 ? [HOLE] : ways;
      texts = texts.flatMap((text) => pieces.map((piece) => text + piece + literal.text));
    }
    return texts;
  }

  #binary(node: ts.BinaryExpression, steps: number): readonly string[] {
    const [left, right] = [this.#read(node.left, steps - 1), this.#read(node.right, steps - 1)];
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.PlusToken:
        return left.flatMap((first) => right.map((second) => first + second));
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return [...left, ...right];
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return right;
      default:
        return [HOLE];
    }
  }

  #literalsOf(node: ts.Expression): readonly string[] | null {
    const type = this.#checker.getTypeAtLocation(node);
    const kinds = type.isUnion() ? type.types : [type];
    const texts = kinds.filter((kind) => kind.isStringLiteral()).map(({ value }) => value);
    return texts.length > 0 && texts.length === kinds.length ? texts : null;
  }

  #named(node: ts.Identifier | ts.PropertyAccessExpression, steps: number): readonly string[] {
    const symbol = this.#symbol(node);
    const ways = (symbol?.declarations ?? []).flatMap((declaration) =>
      this.#declared(declaration, symbol as ts.Symbol, steps - 1),
    );
    return ways.length > 0 ? ways : [HOLE];
  }

  /** One of a table’s values: any of them. */
  #listed({ expression }: ts.ElementAccessExpression, steps: number): readonly string[] {
    const values = (this.#symbol(expression)?.declarations ?? []).flatMap((declaration) => {
      const table = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
      return table ? valuesIn(table) : [];
    });
    values.push(...valuesIn(expression));
    return values.length > 0 ? this.#all(values, steps - 1) : [HOLE];
  }

  #declared(declaration: ts.Declaration, symbol: ts.Symbol, steps: number): readonly string[] {
    if (ts.isPropertyAssignment(declaration)) return this.#read(declaration.initializer, steps);
    if (ts.isShorthandPropertyAssignment(declaration)) return this.#read(declaration.name, steps);
    if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
      return this.#read(declaration.initializer, steps);
    }
    if (ts.isPropertySignature(declaration)) {
      return this.#all(this.#given.get(symbol) ?? [], steps);
    }
    if (ts.isBindingElement(declaration)) return this.#taken(declaration, steps);
    if (ts.isParameter(declaration)) return this.#passed(declaration, steps);
    return [HOLE];
  }

  /** `{ next }` of something: that property of it, by its type. */
  #taken(element: ts.BindingElement, steps: number): readonly string[] {
    const name = element.propertyName ?? element.name;
    if (!ts.isObjectBindingPattern(element.parent) || !ts.isIdentifier(name)) return [HOLE];
    const property = this.#checker.getTypeAtLocation(element.parent).getProperty(name.text);
    const own = element.initializer ? this.#read(element.initializer, steps) : [];
    const ways = (property?.declarations ?? []).flatMap((declaration) =>
      this.#declared(declaration, property as ts.Symbol, steps),
    );
    return [...own, ...(ways.length > 0 ? ways : [HOLE])];
  }

  /** What a function's parameter is called with. */
  #passed(parameter: ts.ParameterDeclaration, steps: number): readonly string[] {
    const { parent } = parameter;
    const named =
      ts.isArrowFunction(parent) && ts.isVariableDeclaration(parent.parent) ? parent.parent : parent;
    const name = ts.getNameOfDeclaration(named);
    const symbol = name && this.#symbol(name);
    const at = parent.parameters.indexOf(parameter);
    const calls = (symbol && this.#calls.get(symbol)) ?? [];
    const given = calls.flatMap((call) => call.arguments[at] ?? parameter.initializer ?? []);
    return given.length > 0 ? this.#all(given, steps) : [HOLE];
  }

  #returned(call: ts.CallExpression, steps: number): readonly string[] {
    const symbol = this.#symbol(call.expression);
    const bodies = (symbol?.declarations ?? []).flatMap((declaration): readonly ts.Node[] => {
      if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) return [declaration];
      if (ts.isVariableDeclaration(declaration) && declaration.initializer) return [declaration.initializer];
      if (ts.isPropertyAssignment(declaration)) return [declaration.initializer];
      return ts.isPropertySignature(declaration) && symbol ? (this.#given.get(symbol) ?? []) : [];
    });
    const results = bodies.flatMap((body) => resultsOf(body));
    return results.length > 0 ? this.#all(results, steps - 1) : [HOLE];
  }

  /** Several that are holes are one. */
  #all(expressions: readonly ts.Expression[], steps: number): readonly string[] {
    return [...new Set(expressions.flatMap((expression) => this.#read(expression, steps)))];
  }
}

function valuesIn(table: ts.Expression): readonly ts.Expression[] {
  if (!ts.isObjectLiteralExpression(table)) return [];
  return table.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) ? property.initializer : [],
  );
}

/** Beside a hole, a single word is one of the names that may fill it. */
function distinct(ways: readonly string[]): readonly string[] {
  const all = [...new Set(ways)];
  return all.includes(HOLE) ? all.filter((way) => way === HOLE || way.includes(' ')) : all;
}

function resultsOf(body: ts.Node): readonly ts.Expression[] {
  if (!ts.isFunctionLike(body) || !('body' in body) || body.body === undefined) return [];
  const block = body.body as ts.Node;
  if (!ts.isBlock(block)) return [block as ts.Expression];
  const results: ts.Expression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) results.push(node.expression);
    ts.forEachChild(node, look);
  };
  look(block);
  return results;
}
