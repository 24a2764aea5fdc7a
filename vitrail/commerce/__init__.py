"""What a site sells: merchants, products, stock, reviews, collections, and orders as recorded facts."""
