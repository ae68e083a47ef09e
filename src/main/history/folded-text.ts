/**
 * A text as it is compared in a search. Capitals, because small letters depend on what stands beside them: “Σ” has two.
 * macOS writes “é” as two characters where others write one.
 */
export function folded(text: string): string {
  return text.toUpperCase().normalize('NFC');
}
