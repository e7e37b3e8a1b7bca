import streamlit as st
def show(scene):
    scene.asked(); st.html("<h1>x</h1>")
