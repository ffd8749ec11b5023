//! The reference's devices: every token ever issued, with what it does when presented.

/// The state of a token within its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Newest,
    Before,
    Spent,
    /// Replaced before it was used.
    Void,
}

#[derive(Debug)]
pub struct Device {
    pub pc: usize,
    pub revoked: bool,
    /// Whether any of its tokens was ever used.
    pub used: bool,
    tokens: Vec<Token>,
    made: i64,
    renewed: i64,
    ends: Option<i64>,
}

impl Device {
    pub fn new(pc: usize, now: i64, ends: Option<i64>) -> Self {
        Self {
            pc,
            revoked: false,
            used: false,
            tokens: vec![Token::Newest],
            made: now,
            renewed: now,
            ends,
        }
    }

    pub fn is_usable(&self, now: i64) -> bool {
        !self.revoked && self.ends.is_none_or(|end| now < end)
    }

    /// Issues first tokens again if the earlier ones may have been lost. Returns whether it did.
    pub fn begin_anew(&mut self, now: i64) -> bool {
        let lost = !self.used && self.is_usable(now) && now - self.made <= 600;
        if lost {
            self.tokens.fill(Token::Void);
            self.tokens.push(Token::Newest);
        }
        lost
    }

    fn all_become(&mut self, what: Token, becomes: Token) {
        self.tokens
            .iter_mut()
            .filter(|token| **token == what)
            .for_each(|token| *token = becomes);
    }

    /// Presents token number `token`. Returns whether a new one is issued for it.
    pub fn present(&mut self, token: usize, now: i64) -> bool {
        match self.tokens[token] {
            Token::Newest => {
                self.all_become(Token::Before, Token::Spent);
                self.all_become(Token::Newest, Token::Before);
                self.renewed = now;
            }
            Token::Before if now - self.renewed <= 60 => self.all_become(Token::Newest, Token::Spent),
            Token::Before | Token::Spent => {
                self.revoked = true;
                return false;
            }
            Token::Void => return false,
        }
        self.used = true;
        self.tokens.push(Token::Newest);
        true
    }
}
