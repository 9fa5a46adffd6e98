use std::{fmt, sync::Arc};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    digest::{SHA256, digest},
    hmac,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Encrypts what is kept in the database and must not be read by whoever reads the database: AES-256-GCM with a nonce
/// of its own for each text.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    cipher: RandomizedNonceKey,
    fingerprints: hmac::Key,
}

/// Something could not be encrypted or decrypted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It is no text of this vault's.
    #[error("it was encrypted with another `backend.encryptionKey`, or for something else")]
    Foreign,
    /// The cipher refused.
    #[error("the cipher refused")]
    Cipher,
}

impl Vault {
    /// A vault with a key made from `secret`, which should hold 32 bytes of randomness or more.
    pub fn new(secret: &[u8]) -> Result<Self, VaultError> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, digest(&SHA256, secret).as_ref());
        let cipher = key.map_err(|_| VaultError::Cipher)?;
        // A key of its own, so that neither says anything of the other.
        let apart = digest(&SHA256, &[b"fingerprints:".as_slice(), secret].concat());
        let fingerprints = hmac::Key::new(hmac::HMAC_SHA256, apart.as_ref());
        Ok(Self(Arc::new(Keys { cipher, fingerprints })))
    }

    /// A text by which another one is known again, for one purpose. Whoever reads it in the database cannot try what it
    /// may be of, however easy that were to guess.
    pub fn fingerprint(&self, purpose: &str, text: &[u8]) -> String {
        let mut context = hmac::Context::with_key(&self.0.fingerprints);
        context.update(&(purpose.len() as u64).to_be_bytes());
        context.update(purpose.as_bytes());
        context.update(text);
        URL_SAFE_NO_PAD.encode(context.sign())
    }

    /// Encrypts `text` for one purpose, e.g. `auth.signing-key:<id>`; it is read back for that one only.
    pub fn seal(&self, purpose: &str, text: &[u8]) -> Result<String, VaultError> {
        let mut bytes = text.to_vec();
        let nonce = self
            .0
            .cipher
            .seal_in_place_append_tag(Aad::from(purpose.as_bytes()), &mut bytes)
            .map_err(|_| VaultError::Cipher)?;
        let sealed = [nonce.as_ref().as_slice(), &bytes].concat();
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Reads what `seal` made for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, VaultError> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| VaultError::Foreign)?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or(VaultError::Foreign)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::Foreign)?;
        let mut rest = rest.to_vec();
        let opened = self
            .0
            .cipher
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut rest)
            .map_err(|_| VaultError::Foreign)?;
        Ok(opened.to_vec())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vault(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_purpose_read_it_back() {
        let vault = Vault::new(b"one").unwrap();
        let sealed = vault.seal("a", b"hello").unwrap();
        assert_eq!(vault.open("a", &sealed).unwrap(), b"hello");
        assert_ne!(vault.seal("a", b"hello").unwrap(), sealed);
        assert_eq!(vault.open("b", &sealed), Err(VaultError::Foreign));
        assert_eq!(Vault::new(b"two").unwrap().open("a", &sealed), Err(VaultError::Foreign));
        let known = vault.fingerprint("a", b"hello");
        assert_eq!(known, Vault::new(b"one").unwrap().fingerprint("a", b"hello"));
        for other in [
            vault.fingerprint("b", b"hello"),
            vault.fingerprint("ah", b"ello"),
            Vault::new(b"two").unwrap().fingerprint("a", b"hello"),
        ] {
            assert_ne!(known, other);
        }
        for broken in ["", "abc", &sealed[1..], "%%%"] {
            assert_eq!(vault.open("a", broken), Err(VaultError::Foreign));
        }
    }
}
