"""The machine of Bình Yên: no sentence a person reads is written in this package."""
