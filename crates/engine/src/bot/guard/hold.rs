//! What becomes of a reply in which the guard found something: the wording it was made from is tried, then nothing is sent.
