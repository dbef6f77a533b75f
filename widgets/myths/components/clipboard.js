// Copying what is on the page.

/**
 * Copy what an element says; tells whether that worked.
 * @param {HTMLElement} el
 */
export async function copied(el) {
  try {
    // biome-ignore lint/performance/useDomNodeTextContent: paragraphs stay apart
    await navigator.clipboard.writeText(el.innerText);
    return true;
  } catch {
    // no clipboard over plain http: select it, so that one long press copies it
    getSelection()?.selectAllChildren(el);
    return document.execCommand("copy");
  }
}
