//! What users set for themselves, as JSON by key. The front end's business; here it is only kept.

use callboard_kit::{Clock, EntityRef, Problem, Result, note_target};
use serde_json::Value;

use crate::repository::AuthRepository;

/// How large a value may be, in bytes of JSON.
const MAX_VALUE: usize = 64 * 1024;
/// How many settings a user may have.
const MAX_SETTINGS: u64 = 100;
/// How long a key may be.
const MAX_KEY: usize = 100;

/// The settings of users.
pub(crate) struct SettingService {
    pub repository: AuthRepository,
    pub clock: Clock,
}

impl SettingService {
    pub(crate) async fn get(&self, user: &EntityRef, key: &str) -> Result<Option<Value>> {
        let stored = self.repository.setting(user, key).await?;
        stored.map(|text| serde_json::from_str(&text)).transpose().map_err(Problem::internal)
    }

    /// Sets a value, or removes it where there is none.
    pub(crate) async fn set(&self, user: &EntityRef, key: &str, value: Option<&Value>) -> Result<()> {
        let is_sane = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte);
        if key.is_empty() || key.len() > MAX_KEY || !key.bytes().all(is_sane) {
            let message = format!("a key is {MAX_KEY} letters, digits and `-_./:` at most");
            return Err(Problem::bad_input("input.key", message));
        }
        note_target(key);
        let Some(value) = value.filter(|value| !value.is_null()) else {
            return Ok(self.repository.remove_setting(user, key).await?);
        };
        let text = value.to_string();
        if text.len() > MAX_VALUE {
            return Err(Problem::bad_input(
                "input.value",
                format!("a value is {MAX_VALUE} bytes of JSON at most"),
            ));
        }
        if self.repository.count_other_settings(user, key).await? >= MAX_SETTINGS {
            return Err(Problem::bad_input(
                "input.key",
                format!("there are {MAX_SETTINGS} settings already"),
            ));
        }
        Ok(self.repository.put_setting(user, key, &text, self.clock.now()).await?)
    }
}
