// The shop's categories, in the order it shows them, with the product whose drawing stands for each.

export const CATEGORIES = ["outdoor", "kitchen", "home", "pet", "digital", "tea"] as const;
export type Category = (typeof CATEGORIES)[number];

export const FACES: Record<Category, string> = {
  outdoor: "ridge-tent-2",
  kitchen: "pourover-kettle",
  home: "linen-bedding",
  pet: "pet-fountain",
  digital: "mech-keyboard",
  tea: "longjing-green",
};

export const isCategory = (key: string | null | undefined): key is Category =>
  CATEGORIES.includes(key as Category);
