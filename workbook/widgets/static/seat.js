// A respondent's page in a notebook.
export default {
  ...respondWidget,
  render({ model, el }) {
    respondWidget.render({ model, el });
    const leave = [keepKeys(el), keepFocus(el), oneClick(el)];
    return () => { leave.forEach((end) => end()); render(null, el); };
  },
};
