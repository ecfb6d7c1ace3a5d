"""Electronic forms: what they are made of, whether answers fit; and what citizens declare beforehand."""
