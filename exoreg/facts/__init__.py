"""The words of exoreg: the trees of fact values, and the product described with them."""
