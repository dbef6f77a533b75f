"""Side by side: our pages, stock Voila, Panel and Streamlit with the same form, in one run."""
