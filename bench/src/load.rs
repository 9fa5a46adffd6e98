//! Many connections that ask without a pause.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::task::JoinSet;

use crate::client::Client;

/// How much is asked.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Connections at once.
    pub connections: usize,
    /// For how long.
    pub time: Duration,
}

/// A request: a path, and a body where it is a `POST`.
pub type Question = (String, Option<Bytes>);

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How long each answer took, sorted.
    pub taken: Vec<Duration>,
    /// For how long was asked.
    pub time: Duration,
    /// Answers that were none.
    pub bad: usize,
}

impl Figures {
    /// Answers of a second.
    pub fn rate(&self) -> f64 {
        self.taken.len() as f64 / self.time.as_secs_f64().max(f64::EPSILON)
    }

    /// The time within which so many of a thousand answers came.
    pub fn within(&self, thousandth: usize) -> Duration {
        let last = self.taken.len().saturating_sub(1);
        self.taken.get(last * thousandth / 1000).copied().unwrap_or_default()
    }
}

impl Load {
    /// Asks the same questions in turn, after a second of warming up.
    pub async fn ask(self, address: &str, token: &str, questions: Vec<Question>) -> anyhow::Result<Figures> {
        let warm = Self { time: Duration::from_secs(1), ..self };
        let questions = Arc::new(questions);
        warm.once(address, token, &questions).await?;
        self.once(address, token, &questions).await
    }

    async fn once(
        self,
        address: &str,
        token: &str,
        questions: &Arc<Vec<Question>>,
    ) -> anyhow::Result<Figures> {
        let began = Instant::now();
        let mut asking = JoinSet::new();
        for number in 0..self.connections {
            let questions = Arc::clone(questions);
            let mut client = Client::connect(address).await?.with_token(token);
            asking.spawn(async move {
                let (mut times, mut bad) = (Vec::new(), 0);
                let mine = questions.iter().cycle().skip(number * 13);
                for (path, body) in mine {
                    let at = Instant::now();
                    let (status, body) = client.send(path, body.clone()).await?;
                    times.push(at.elapsed());
                    if !status.is_success() || body.starts_with(b"{\"errors\"") {
                        bad += 1;
                    }
                    if began.elapsed() > self.time {
                        break;
                    }
                }
                anyhow::Ok((times, bad))
            });
        }
        let mut figures = Figures::default();
        while let Some(asked) = asking.join_next().await {
            let (times, bad) = asked??;
            figures.taken.extend(times);
            figures.bad += bad;
        }
        figures.time = began.elapsed();
        figures.taken.sort_unstable();
        Ok(figures)
    }
}
