// What is shown: the login and its second step, the page that replaces a first password, or the console.

import { useEffect } from "preact/hooks";
import { ConfirmHost } from "./parts/confirm";
import { FreshHost } from "./parts/fresh";
import { Lazy } from "./parts/lazy";
import { route } from "./router";
import { session } from "./session";
import { Shell } from "./shell";
import { locale, speak } from "./text";

const login = () => import("./features/login/login");
const reset = () => import("./features/login/reset");
const secondStep = () => import("./features/login/second_step");
const newPassword = () => import("./features/login/new_password");

function Inside() {
  const current = session.use();
  const { path } = route.use();
  const [first, token] = path;
  if (first === "reset" && token) return <Lazy load={reset} name="reset" props={{ token }} />;
  if (!current) return <Lazy load={login} name="login" props={{}} />;
  if (current.state === "new_password") return <Lazy load={newPassword} name="new-password" props={{}} />;
  if (current.state === "passkey") return <Lazy load={secondStep} name="second-step" props={{}} />;
  return <Shell />;
}

export function App() {
  const current = session.use();
  const tag = locale.use();
  useEffect(() => {
    if (current) void speak(current.locale);
  }, [current?.locale]);
  return (
    // In another language everything is drawn anew, so that no text is left behind.
    <div class="app" key={tag}>
      <Inside />
      <ConfirmHost />
      {current && <FreshHost />}
    </div>
  );
}
