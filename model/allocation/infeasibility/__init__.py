"""Why rules collide, and the smallest change that lets some split satisfy them."""
