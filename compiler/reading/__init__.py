"""From page text to trees: pages and sentences, words and names, and the grammar that puts them together."""
