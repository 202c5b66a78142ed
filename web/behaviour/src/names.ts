// Which events a page may tell of: the Segment e-commerce spec's names, GA4's, which the desk reads as the spec's, and
// our own of service.

/** Orders aren't among them: the desk believes the shop about orders, never a browser. */
const KNOWN =
  /^(Products Searched|Product ((List )?Viewed|Clicked|Shared|(Added|Removed)( (to|from) Wishlist)?)|Cart Viewed|Checkout (Started|Failed|Step (Viewed|Completed))|Payment Info Entered|Coupon (Entered|Applied|Denied)|(Policy|Size Chart) Viewed|Form Error|Search No Result|Help Opened|search|share|select_item|view_(item(_list)?|cart|search_results)|begin_checkout|remove_from_cart|add_(to_(cart|wishlist)|(payment|shipping)_info))$/;

export const isKnown = (name: string): boolean => KNOWN.test(name);

/** What triggers answer at once; the rest may wait for company. */
export const isUrgent = (name: string): boolean =>
  /Fail|Denied|Click$|Error|No R|Policy|Turn|Loop/.test(name);
