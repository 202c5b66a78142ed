// The mock's shop: people, products, orders.

export const MIN = 60_000;
const HOUR = 60 * MIN;
export const DAY = 24 * HOUR;
export const now = Date.now();
export const b = (zh, en) => ({ zh, en });
export const cny = (minor) => ({ minor, currency: "CNY" });

export const shops = [
  { id: "shp_1", key: "shanlan", name: b("山岚户外", "Shanlan Outdoor") },
  { id: "shp_2", key: "shanlan-home", name: b("山岚家居", "Shanlan Home") },
];
export const me = {
  id: "stf_lin",
  name: "林晓",
  email: "lin@shanlan.example",
  roles: ["agent", "supervisor", "admin", "operator"],
  shops,
  language: "zh",
  presence: "online",
  csrf: "mock-csrf",
  permissions: [
    "read_conversations",
    "serve",
    "supervise",
    "read_knowledge",
    "write_knowledge",
    "write_team_phrases",
    "manage_staff",
    "read_audit",
  ],
};
export const staff = [
  {
    id: "stf_lin",
    email: me.email,
    name: "林晓",
    roles: me.roles,
    shops: ["shp_1", "shp_2"],
    language: "zh",
    presence: "online",
    disabled: false,
  },
  {
    id: "stf_may",
    email: "may@shanlan.example",
    name: "May Chen",
    roles: ["agent"],
    shops: ["shp_1"],
    language: "en",
    presence: "paused",
    disabled: false,
  },
  {
    id: "stf_zhou",
    email: "zhou@shanlan.example",
    name: "周航",
    roles: ["agent", "operator"],
    shops: ["shp_1", "shp_2"],
    language: "zh",
    presence: "offline",
    disabled: false,
  },
  {
    id: "stf_old",
    email: "old@shanlan.example",
    name: "王磊",
    roles: ["agent"],
    shops: ["shp_1"],
    language: "zh",
    presence: "offline",
    disabled: true,
  },
];

export const kettle = {
  key: "kettle",
  title: b("山岚 1.7L 露营烧水壶", "Shanlan 1.7 L camp kettle"),
  category: "camp-kitchen",
  brand: "山岚",
  description: b("铝合金，明火与电磁炉两用。", "Aluminium, for open fire and induction."),
  attributes: [{ key: "capacity", name: b("容量", "Capacity"), value: b("1.7 升", "1.7 L") }],
  variants: [
    {
      key: "kettle-g",
      options: [{ key: "colour", name: b("颜色", "Colour"), value: b("松绿", "Pine green") }],
      price: cny(12900),
      list_price: cny(15900),
      stock: 42,
    },
  ],
  aliases: [],
  picture: null,
  page: "/shop/p/kettle",
  on_sale: true,
};
export const shell = {
  key: "shell",
  title: b("山岚 三层防水冲锋衣", "Shanlan 3-layer waterproof shell"),
  category: "clothing",
  brand: "山岚",
  description: b("20K 防水，全压胶。", "20K waterproof, fully taped."),
  attributes: [{ key: "waterproof", name: b("防水", "Waterproof"), value: b("20,000 mm", "20,000 mm") }],
  variants: ["S", "M", "L"].map((s, i) => ({
    key: `shell-${s}`,
    options: [{ key: "size", name: b("尺码", "Size"), value: b(s, s) }],
    price: cny(69900),
    stock: [0, 8, 3][i],
  })),
  aliases: [],
  picture: null,
  page: "/shop/p/shell",
  on_sale: true,
};
const lamp = {
  key: "lamp",
  title: b("山岚 可充电营地灯", "Shanlan rechargeable camp lamp"),
  category: "lighting",
  brand: "山岚",
  description: b("400 流明，续航 20 小时。", "400 lumens, 20 hours."),
  attributes: [],
  variants: [{ key: "lamp-w", options: [], price: cny(18900), stock: 0, restock_at: now + 5 * DAY }],
  aliases: [],
  picture: null,
  page: "/shop/p/lamp",
  on_sale: true,
};
export const products = [kettle, shell, lamp];

const address = {
  recipient: "陈**",
  phone: "138****5521",
  country: "CN",
  province: "浙江省",
  city: "杭州市",
  district: "西湖区",
  street: "文三路***号",
};
export const orders = [
  {
    key: "2025110288431",
    customer: "c1",
    state: "shipped",
    total: cny(82800),
    shipping_fee: cny(0),
    address,
    placed_at: now - 6 * DAY,
    paid_at: now - 6 * DAY + 4 * MIN,
    ship_by: now - 4 * DAY,
    lines: [
      {
        product: "shell",
        variant: "shell-M",
        title: shell.title,
        options: b("石墨黑 / M", "Graphite / M"),
        quantity: 1,
        unit_price: cny(69900),
      },
      {
        product: "kettle",
        variant: "kettle-g",
        title: kettle.title,
        options: b("松绿", "Pine green"),
        quantity: 1,
        unit_price: cny(12900),
      },
    ],
    shipments: [
      {
        key: "s1",
        carrier: b("顺丰速运", "SF Express"),
        tracking_number: "SF1428857736021",
        state: "in_transit",
        created_at: now - 5 * DAY,
        expected_at: now - 2 * DAY,
        scans: [
          { at: now - 5 * DAY, place: b("杭州", "Hangzhou"), what: b("已揽收", "Picked up") },
          {
            at: now - 4.6 * DAY,
            place: b("杭州转运中心", "Hangzhou hub"),
            what: b("已发往成都", "Left for Chengdu"),
          },
          {
            at: now - 3.2 * DAY,
            place: b("武汉转运中心", "Wuhan hub"),
            what: b("到达，等待中转", "Arrived, waiting for transfer"),
          },
        ],
      },
    ],
    refunds: [],
  },
  {
    key: "2025101977120",
    customer: "c1",
    state: "after_sales",
    total: cny(18900),
    address,
    placed_at: now - 24 * DAY,
    paid_at: now - 24 * DAY,
    delivered_at: now - 20 * DAY,
    lines: [
      {
        product: "lamp",
        variant: "lamp-w",
        title: lamp.title,
        options: b("暖白", "Warm white"),
        quantity: 1,
        unit_price: cny(18900),
      },
    ],
    shipments: [
      {
        key: "s2",
        carrier: b("中通快递", "ZTO"),
        tracking_number: "ZT77120098812",
        state: "delivered",
        created_at: now - 23 * DAY,
        scans: [
          { at: now - 20 * DAY, place: b("杭州西湖", "Xihu, Hangzhou"), what: b("已签收", "Delivered") },
        ],
      },
    ],
    refunds: [
      {
        key: "r1",
        state: "processing",
        amount: cny(18900),
        reason: b("充不进电", "Does not charge"),
        requested_at: now - 4 * DAY,
        due_at: now + DAY,
        method: "微信支付",
      },
    ],
  },
];
