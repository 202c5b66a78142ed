// The shop's records as the demo's API gives them (the domain's Product and Order).

export type Language = "zh" | "en";
export interface Bilingual {
  zh: string;
  en: string;
}
export interface Money {
  minor: number;
  currency: string;
}
export interface Attribute {
  key: string;
  name: Bilingual;
  value: Bilingual;
}
export interface Variant {
  key: string;
  options: Attribute[];
  price: Money;
  list_price?: Money | null;
  stock: number;
  restock_at?: number | null;
}
export interface Product {
  key: string;
  title: Bilingual;
  category: string;
  brand: string;
  description: Bilingual;
  attributes: Attribute[];
  variants: Variant[];
  picture?: string | null;
  on_sale: boolean;
}
export interface Address {
  recipient: string;
  phone: string;
  country: string;
  province: string;
  city: string;
  district: string;
  street: string;
  postcode: string;
}
export type OrderState =
  | "unpaid"
  | "paid"
  | "packing"
  | "shipped"
  | "delivered"
  | "completed"
  | "cancelled"
  | "after_sales";
export interface OrderLine {
  product: string;
  variant: string;
  title: Bilingual;
  options: Bilingual;
  quantity: number;
  unit_price: Money;
  picture?: string | null;
}
export type ShipmentState =
  | "created"
  | "in_transit"
  | "out_for_delivery"
  | "delivered"
  | "failed"
  | "returning"
  | "lost";
export interface Shipment {
  key: string;
  carrier: Bilingual;
  tracking_number: string;
  state: ShipmentState;
  created_at: number;
  expected_at?: number | null;
  scans: { at: number; place: Bilingual; what: Bilingual }[];
}
export type RefundState = "requested" | "approved" | "returning" | "processing" | "paid" | "refused";
export interface Refund {
  key: string;
  state: RefundState;
  amount: Money;
  reason: Bilingual;
  requested_at: number;
  updated_at?: number | null;
  due_at?: number | null;
  method?: string | null;
}
export interface Order {
  key: string;
  customer: string;
  state: OrderState;
  lines: OrderLine[];
  total: Money;
  shipping_fee?: Money | null;
  address: Address;
  placed_at: number;
  paid_at?: number | null;
  closes_at?: number | null;
  ship_by?: number | null;
  delivered_at?: number | null;
  payment_method?: string | null;
  shipments: Shipment[];
  refunds: Refund[];
  note?: string | null;
}
export interface DemoCustomer {
  key: string;
  name: string;
  story: Bilingual;
}
export interface Me {
  customer: { key: string; name: string; level: number } | null;
  identity?: string;
}
