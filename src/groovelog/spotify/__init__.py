"""Speak to Spotify: API apps, sign-in, tokens, quota, and the calls of the Web API that Groovelog uses."""
