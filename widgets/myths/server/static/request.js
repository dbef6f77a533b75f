// One request to the server, which never lasts for ever.

const PATIENCE = 5000; // ms

/**
 * What the server answers; status 0 without an answer in time. Safari 15 has no AbortSignal.timeout.
 * @param {string} url
 * @param {RequestInit} options
 * @param {number} patience
 * @returns {Promise<{ status: number, text: string }>}
 */
export async function answered(url, options = {}, patience = PATIENCE) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), patience);
  try {
    const { signal } = ending;
    const answer = await fetch(url, { cache: "no-store", ...options, signal });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 0, text: "" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What the server answers to something that is sent to the address of this page.
 * @param {object} content
 * @param {string} xsrf
 */
export const posted = (content, xsrf) =>
  answered(location.pathname, {
    method: "POST",
    body: JSON.stringify(content),
    headers: { "Content-Type": "application/json", "X-XSRFToken": xsrf },
  });
