"""Figures from plain values, one function each; they know Plotly and the theme, but neither Streamlit nor reports."""
