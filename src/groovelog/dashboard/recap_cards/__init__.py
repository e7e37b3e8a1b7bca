"""The cards of a recap as pictures to share: pure functions of what reports tell, without Streamlit.

`asking.told` asks the reports, `sequence.cards` draws, `png.png` makes a file of a drawing.
"""
