"""From answers to what people and programs read: data, then a document, then text, Markdown or HTML."""
