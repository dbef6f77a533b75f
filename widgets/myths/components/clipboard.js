// Copying what is on the page.

/**
 * Copy what elements say, one below the other; tells whether that worked.
 * @param {...HTMLElement} parts
 */
export async function copied(...parts) {
  try {
    // biome-ignore lint/performance/useDomNodeTextContent: paragraphs stay apart
    await navigator.clipboard.writeText(parts.map((part) => part.innerText).join("\n\n"));
    return true;
  } catch {
    // no clipboard over plain http: select it, so that one long press copies it
    const [first, last] = [parts[0], parts[parts.length - 1]];
    getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
    return document.execCommand("copy");
  }
}
