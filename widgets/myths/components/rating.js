function render({ model, el }) {
  const keep = choice({
    model,
    el,
    kind: "rating",
    legend: model.get("statement"),
    declinable: true,
    ends: model.get("ends"),
  });
  return keep.stop;
}

export default { render };
