"""How Sphinx builds the site: `make docs`. Why Sphinx: docs/decisions/0011-sphinx.md."""

import shutil
from importlib.metadata import version as installed
from pathlib import Path

from myths.evaluation.study.kit import rendered
from myths.evaluation.words import words

HERE = Path(__file__).parent
ROOT = HERE.parent

project = "myths"
author = "the people who work on it"
copyright = "the people who work on it; BSD-3-Clause, content CC BY 4.0"  # noqa: A001  Sphinx's name
release = installed("myths")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = True  # a link to a word of ours that is not there stops the build
nitpick_ignore_regex = [("py:.*", r"(?!myths\.).*")]  # types of other packages: we need no network

myst_enable_extensions = ["deflist", "attrs_inline"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # the stored outputs are shown; nbval runs the notebooks in the tests
nb_ipywidgets_js = {}  # nothing from another site
nb_merge_streams = True

autodoc_typehints = "none"  # the types are in the docstrings, with shapes and units
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = "Seven myths about perpetrator programmes"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = html_show_copyright = html_copy_source = False
pygments_style = "a11y-high-contrast-light"
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#0b5a66", "color-brand-content": "#0b5a66"},
    "dark_css_variables": {"color-brand-primary": "#7cc8d3", "color-brand-content": "#7cc8d3"},
}
pygments_dark_style = "a11y-high-contrast-dark"

linkcheck_ignore = [r"https?://(workshop|127)\..*"]  # examples


def _bring_notebooks() -> None:
    """Copy the evaluators' notebooks to where Sphinx can see them."""
    folder = HERE / "evaluators/notebooks"
    folder.mkdir(exist_ok=True)
    for notebook in (ROOT / "notebooks/evaluators").glob("*.ipynb"):
        shutil.copyfile(notebook, folder / notebook.name)


_bring_notebooks()


def _bring_study_kit() -> None:
    """Write the study kit, with nothing filled in, to where Sphinx can see it."""
    folder = HERE / "evaluators/study-kit"
    folder.mkdir(exist_ok=True)
    for name, text in rendered(words(), site=True).items():
        if name != "README.md":
            (folder / name).write_text(text, encoding="utf-8")


_bring_study_kit()
