# Receives webhooks: verifies, echoes the challenge, drops what it has seen. SECRET=whsec_… PORT=9000 python3 receive.py
import base64, hashlib, hmac, json, os, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
seen, one_at_a_time = set(), threading.Lock()

def genuine(headers, body):
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) > 300:
        return False
    signed = f"{message_id}.{sent}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(one, expected) for one in given)

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not genuine(self.headers, body):
            return self.answer(401)
        message = json.loads(body)
        if message["type"] == "webhook.challenge":
            return self.answer(200, message["data"]["challenge"].encode())
        message_id = self.headers["webhook-id"]
        with one_at_a_time:
            if message_id not in seen:
                seen.add(message_id)
                print(message_id, message["type"], message.get("cursor", ""), flush=True)
        self.answer(204)

    def answer(self, status, body=b""):
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 9000))), Receiver).serve_forever()
