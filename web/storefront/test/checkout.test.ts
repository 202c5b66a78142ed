import { expect, test } from "vitest";
import { faultsOf } from "../src/pages/Checkout";

const good = {
  recipient: "林小雨",
  phone: "19900001234",
  province: "浙江",
  city: "杭州",
  district: "",
  street: "文三路 100 号",
  postcode: "",
};

test("an address needs a recipient, a phone that looks like one, and a place", () => {
  expect(faultsOf(good)).toEqual({});
  expect(faultsOf({ ...good, recipient: "  ", street: "" })).toEqual({
    recipient: "required",
    street: "required",
  });
  expect(faultsOf({ ...good, phone: "call me" })).toEqual({ phone: "bad_phone" });
  expect(faultsOf({ ...good, phone: "" })).toEqual({ phone: "required" });
});
