// Prints the text that pdf.js, the reader of Firefox, finds in PDF files: a JSON list of one string a file.
// Usage: node pdfjs.mjs FOLDER-OF-PDFJS-DIST FILE…
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

// Drawing wants this, reading does not.
globalThis.DOMMatrix ??= class {};

const [folder, ...paths] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`).href);
const texts = [];
for (const path of paths) {
  const data = new Uint8Array(await readFile(path));
  const document = await getDocument({ data, verbosity: VerbosityLevel.ERRORS }).promise;
  let text = "";
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    text += content.items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join("") + "\n";
  }
  await document.destroy();
  texts.push(text);
}
process.stdout.write(JSON.stringify(texts));
