// k6 script of bench/turn.py: the same form, signed as Twilio does, the answer looked at.
import { check } from "k6";
import crypto from "k6/crypto";
import http from "k6/http";

const form = JSON.parse(__ENV.FORM);
const url = `${__ENV.HOST}/twilio/gather`;

export default function () {
  let text = url;
  for (const name of Object.keys(form).sort()) text += name + form[name];
  const signature = crypto.hmac("sha1", "token", text, "base64");
  const answer = http.post(url, form, { headers: { "X-Twilio-Signature": signature } });
  check(answer, { TwiML: (it) => it.status === 200 && it.body.includes("<Gather") });
}
