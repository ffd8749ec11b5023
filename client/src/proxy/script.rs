//! The proxy that Windows' automatic configuration names: a PAC script, or one that WPAD leads to. Windows fetches and
//! runs the script; this module only asks. The only unsafe code of the client is here.
#![expect(
    unsafe_code,
    reason = "WinHTTP, which alone knows what the system's script says, has a C interface"
)]

use std::ffi::c_void;
use std::iter::once;
use std::ptr::null;
use windows_sys::Win32::Foundation::GlobalFree;
use windows_sys::Win32::Networking::WinHttp::{
    WINHTTP_ACCESS_TYPE_NAMED_PROXY, WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_AUTO_DETECT_TYPE_DHCP,
    WINHTTP_AUTO_DETECT_TYPE_DNS_A, WINHTTP_AUTOPROXY_AUTO_DETECT, WINHTTP_AUTOPROXY_CONFIG_URL,
    WINHTTP_AUTOPROXY_OPTIONS, WINHTTP_CURRENT_USER_IE_PROXY_CONFIG, WINHTTP_PROXY_INFO, WinHttpCloseHandle,
    WinHttpGetIEProxyConfigForCurrentUser, WinHttpGetProxyForUrl, WinHttpOpen, WinHttpSetTimeouts,
};
use windows_sys::core::PWSTR;

/// Time limit for each step of fetching the script, in milliseconds.
const LIMIT: i32 = 5_000;

/// A WinHTTP handle, closed when it is dropped.
struct Session(*mut c_void);

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: `open` made the handle, and nobody else closes it.
        unsafe { WinHttpCloseHandle(self.0) };
    }
}

impl Session {
    fn open() -> Option<Self> {
        let agent = wide("tegata");
        // SAFETY: `agent` ends with a zero and outlives the call; the other two may be null.
        let handle = unsafe { WinHttpOpen(agent.as_ptr(), WINHTTP_ACCESS_TYPE_NO_PROXY, null(), null(), 0) };
        if handle.is_null() {
            return None;
        }
        let session = Self(handle);
        // SAFETY: the handle is open. If it fails, the longer limits of the system hold.
        unsafe { WinHttpSetTimeouts(session.0, LIMIT, LIMIT, LIMIT, LIMIT) };
        Some(session)
    }
}

/// A text that WinHTTP has allocated, freed when it is dropped.
struct Text(PWSTR);

impl Drop for Text {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: WinHTTP's documentation asks its caller to free the text in this way, once.
            unsafe { GlobalFree(self.0.cast()) };
        }
    }
}

impl Text {
    fn read(&self) -> Option<String> {
        if self.0.is_null() {
            return None;
        }
        let mut units = Vec::new();
        // SAFETY: the text is allocated until `self` is dropped, and ends with a zero, after which nothing is read.
        unsafe {
            let mut next = self.0;
            while *next != 0 {
                units.push(*next);
                next = next.add(1);
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain(once(0)).collect()
}

/// The proxies that the script names for `url`, as a list in WinHTTP's form; `None` without a script, or if it says that
/// no proxy is needed. Blocks while Windows fetches the script.
pub(super) fn proxies_for(url: &str) -> Option<String> {
    let mut configured = WINHTTP_CURRENT_USER_IE_PROXY_CONFIG::default();
    // SAFETY: the structure is ours, and WinHTTP fills it.
    if unsafe { WinHttpGetIEProxyConfigForCurrentUser(&mut configured) } == 0 {
        return None;
    }
    let script = Text(configured.lpszAutoConfigUrl);
    let _freed = [Text(configured.lpszProxy), Text(configured.lpszProxyBypass)];
    let mut options = WINHTTP_AUTOPROXY_OPTIONS::default();
    if configured.fAutoDetect != 0 {
        options.dwFlags |= WINHTTP_AUTOPROXY_AUTO_DETECT;
        options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
    }
    if !script.0.is_null() {
        options.dwFlags |= WINHTTP_AUTOPROXY_CONFIG_URL;
        options.lpszAutoConfigUrl = script.0;
    }
    if options.dwFlags == 0 {
        return None;
    }
    let session = Session::open()?;
    let url = wide(url);
    let mut answer = WINHTTP_PROXY_INFO::default();
    // SAFETY: session, address and script's address outlive the call; WinHTTP fills the answer.
    let found = unsafe { WinHttpGetProxyForUrl(session.0, url.as_ptr(), &mut options, &mut answer) };
    let (proxies, _freed) = (Text(answer.lpszProxy), Text(answer.lpszProxyBypass));
    if found == 0 || answer.dwAccessType != WINHTTP_ACCESS_TYPE_NAMED_PROXY {
        return None;
    }
    proxies.read()
}
