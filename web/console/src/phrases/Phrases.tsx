export function Phrases() { return null; }
