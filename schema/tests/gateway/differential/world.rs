//! What there is, as plain functions of numbers: the one truth behind the subgraphs and the merged schema.

use async_graphql::{Enum, Error, ID, Result, SimpleObject};

pub const COMPONENTS: usize = 8;
pub const SYSTEMS: usize = 3;
pub const PEOPLE: usize = 6;
pub const TEAMS: usize = 3;
pub const INCIDENTS: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Kind {
    Service,
    Website,
    Library,
}

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum Severity {
    Low,
    High,
}

/// An entity is a component or a system; either is a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Being {
    Component(usize),
    System(usize),
}

#[derive(Clone, Copy)]
pub enum Owning {
    Person(usize),
    Team(usize),
}

fn numbered(id: &str, letter: char, count: usize) -> Option<usize> {
    id.strip_prefix(letter)?.parse().ok().filter(|number| *number < count)
}

pub fn component(id: &str) -> Option<usize> {
    numbered(id, 'c', COMPONENTS)
}

pub fn system(id: &str) -> Option<usize> {
    numbered(id, 's', SYSTEMS)
}

pub fn person(id: &str) -> Option<usize> {
    numbered(id, 'p', PEOPLE)
}

pub fn team(id: &str) -> Option<usize> {
    numbered(id, 't', TEAMS)
}

pub fn incident(id: &str) -> Option<usize> {
    numbered(id, 'i', INCIDENTS)
}

pub fn being(id: &str) -> Option<Being> {
    component(id).map(Being::Component).or_else(|| system(id).map(Being::System))
}

pub fn size(first: i32) -> usize {
    usize::try_from(first).unwrap_or_default()
}

impl Being {
    pub fn id(self) -> ID {
        match self {
            Self::Component(number) => format!("c{number}").into(),
            Self::System(number) => format!("s{number}").into(),
        }
    }

    fn number(self) -> usize {
        match self {
            Self::Component(number) => number,
            Self::System(number) => COMPONENTS + number,
        }
    }

    pub fn name(self) -> String {
        match self {
            Self::Component(number) => format!("component {number}"),
            Self::System(number) => format!("system {number}"),
        }
    }

    pub fn owner(self) -> Option<Owning> {
        match self.number() % 4 {
            0 => None,
            3 => Some(Owning::Team(self.number() % TEAMS)),
            _ => Some(Owning::Person(self.number() % PEOPLE)),
        }
    }

    pub fn related(self, first: i32) -> Vec<Self> {
        let all = entities();
        (1..=size(first).min(3)).map(|step| all[(self.number() + step * 2) % all.len()]).collect()
    }

    pub fn is_healthy(self) -> Option<bool> {
        match self.number() % 3 {
            0 => None,
            1 => Some(true),
            _ => Some(false),
        }
    }

    pub fn score(self) -> Result<i32> {
        match self.number() {
            5 => Err(Error::new("the score of component 5 is lost")),
            number => Ok(i32::try_from(number)? * 10),
        }
    }

    pub fn incidents(self, open: Option<bool>) -> Vec<usize> {
        (0..INCIDENTS)
            .filter(|incident| on(*incident) == self)
            .filter(|incident| open.is_none_or(|open| open == (incident % 2 == 0)))
            .collect()
    }
}

pub fn entities() -> Vec<Being> {
    (0..COMPONENTS).map(Being::Component).chain((0..SYSTEMS).map(Being::System)).collect()
}

pub fn kind(component: usize) -> Kind {
    [Kind::Service, Kind::Website, Kind::Library][component % 3]
}

pub fn system_of(component: usize) -> Option<usize> {
    (component % 4 != 3).then_some(component % SYSTEMS)
}

pub fn components_of(system: usize) -> Vec<usize> {
    (0..COMPONENTS).filter(|component| system_of(*component) == Some(system)).collect()
}

pub fn secret(component: usize) -> Result<Option<String>> {
    match component % 3 {
        0 => Ok(Some(format!("secret {component}"))),
        1 => Err(Error::new(format!("the secret of component {component} is safe"))),
        _ => Ok(None),
    }
}

pub fn strict(component: usize) -> Result<String> {
    match component {
        3 => Err(Error::new("component 3 is not strict")),
        _ => Ok(format!("strict {component}")),
    }
}

pub fn motto(system: usize) -> Option<String> {
    (system != 1).then(|| format!("motto {system}"))
}

pub fn email(person: usize, masked: bool) -> Result<Option<String>> {
    match person {
        2 => Err(Error::new("person 2 has no address")),
        5 => Ok(None),
        _ if masked => Ok(Some("***".to_owned())),
        _ => Ok(Some(format!("p{person}@example.org"))),
    }
}

pub fn age(person: usize) -> Result<i32> {
    match person {
        4 => Err(Error::new("person 4 does not tell")),
        _ => Ok(20 + i32::try_from(person)?),
    }
}

pub fn manager(person: usize) -> Option<usize> {
    person.checked_sub(1)
}

pub fn teams(person: usize) -> Vec<usize> {
    (0..TEAMS).filter(|team| (person + team).is_multiple_of(2)).collect()
}

pub fn lead(team: usize) -> Result<usize> {
    match team {
        1 => Err(Error::new("team 1 leads itself")),
        _ => Ok(team + 2),
    }
}

pub fn members(team: usize, first: Option<i32>) -> Vec<usize> {
    let first = first.map_or(usize::MAX, size);
    (0..PEOPLE).filter(|person| teams(*person).contains(&team)).take(first).collect()
}

pub fn on(incident: usize) -> Being {
    let all = entities();
    all[incident * 3 % all.len()]
}

pub fn reporter(incident: usize) -> Option<usize> {
    (incident % 3 != 1).then_some(incident % PEOPLE)
}

pub fn title(incident: usize) -> Option<String> {
    (incident != 2).then(|| format!("incident {incident}"))
}

pub fn severity(incident: usize) -> Result<Severity> {
    match incident {
        4 => Err(Error::new("incident 4 was never rated")),
        _ if incident.is_multiple_of(2) => Ok(Severity::Low),
        _ => Ok(Severity::High),
    }
}

pub fn incidents_of(person: usize) -> Vec<usize> {
    (0..INCIDENTS).filter(|incident| reporter(*incident) == Some(person)).collect()
}

pub fn is_on_call(person: usize) -> Option<bool> {
    (person != 3).then_some(person.is_multiple_of(2))
}

#[derive(SimpleObject)]
pub struct Healthy {
    pub since: String,
}

pub fn label(name: Option<String>) -> Result<Option<String>> {
    match name.as_deref() {
        Some("component 6") => Err(Error::new("component 6 is not labelled")),
        Some(name) => Ok(Some(format!("<{name}>"))),
        None => Ok(None),
    }
}
