// When a page is usable: a condition that the system's file names, looking also into shadow roots, where Panel's widgets are.
() => {
  const all = (root, what) => {
    const hosts = [...root.querySelectorAll("*")].filter((el) => el.shadowRoot);
    return [...root.querySelectorAll(what)].concat(...hosts.map((el) => all(el.shadowRoot, what)));
  };
  const count = (what) => all(document, what).filter((el) => el.offsetParent !== null).length;
  return (CONDITION) && performance.now();
}
