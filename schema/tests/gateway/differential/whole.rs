//! The same world in one schema.

use async_graphql::{
    EmptyMutation, EmptySubscription, ID, Interface, Object, Result, Schema, SimpleObject, Union,
};

use super::nullability::Nullability;
use super::world::{self, Being, Healthy, Kind, Owning, Severity};

pub struct Component(usize);
pub struct System(usize);
pub struct Person(usize);
pub struct Team(usize);
pub struct Incident(usize);

#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID"),
    field(name = "name", ty = "String"),
    field(name = "owner", ty = "Option<Owner>"),
    field(name = "related", ty = "Vec<Entity>", arg(name = "first", ty = "i32", default = 2)),
    field(name = "label", ty = "Option<String>"),
    field(name = "health", ty = "Option<Health>"),
    field(name = "incidents", ty = "Vec<Incident>", arg(name = "open", ty = "Option<bool>")),
    field(name = "score", ty = "i32")
)]
pub enum Entity {
    Component(Component),
    System(System),
}

#[derive(Union)]
pub enum Owner {
    Person(Person),
    Team(Team),
}

#[derive(Union)]
pub enum Thing {
    Component(Component),
    System(System),
    Person(Person),
}

#[derive(SimpleObject)]
pub struct Failing {
    reason: String,
    incident: Option<Incident>,
}

#[derive(Union)]
pub enum Health {
    Healthy(Healthy),
    Failing(Failing),
}

fn entity(being: Being) -> Entity {
    match being {
        Being::Component(number) => Component(number).into(),
        Being::System(number) => System(number).into(),
    }
}

fn owner(owning: Owning) -> Owner {
    match owning {
        Owning::Person(number) => Person(number).into(),
        Owning::Team(number) => Team(number).into(),
    }
}

fn health(being: Being) -> Option<Health> {
    Some(if being.is_healthy()? {
        Healthy { since: "monday".to_owned() }.into()
    } else {
        let incident = being.incidents(None).first().copied().map(Incident);
        Failing { reason: format!("{} fails", being.name()), incident }.into()
    })
}

#[Object]
impl Component {
    async fn id(&self) -> ID {
        Being::Component(self.0).id()
    }
    async fn name(&self) -> String {
        Being::Component(self.0).name()
    }
    async fn owner(&self) -> Option<Owner> {
        Being::Component(self.0).owner().map(owner)
    }
    async fn related(&self, #[graphql(default = 2)] first: i32) -> Vec<Entity> {
        Being::Component(self.0).related(first).into_iter().map(entity).collect()
    }
    async fn label(&self) -> Result<Option<String>> {
        world::label(Some(Being::Component(self.0).name()))
    }
    async fn health(&self) -> Option<Health> {
        health(Being::Component(self.0))
    }
    async fn incidents(&self, open: Option<bool>) -> Vec<Incident> {
        Being::Component(self.0).incidents(open).into_iter().map(Incident).collect()
    }
    async fn score(&self) -> Result<i32> {
        Being::Component(self.0).score()
    }
    async fn kind(&self) -> Kind {
        world::kind(self.0)
    }
    async fn system(&self) -> Option<System> {
        world::system_of(self.0).map(System)
    }
    async fn secret(&self) -> Result<Option<String>> {
        world::secret(self.0)
    }
    async fn strict(&self) -> Result<String> {
        world::strict(self.0)
    }
}

#[Object]
impl System {
    async fn id(&self) -> ID {
        Being::System(self.0).id()
    }
    async fn name(&self) -> String {
        Being::System(self.0).name()
    }
    async fn owner(&self) -> Option<Owner> {
        Being::System(self.0).owner().map(owner)
    }
    async fn related(&self, #[graphql(default = 2)] first: i32) -> Vec<Entity> {
        Being::System(self.0).related(first).into_iter().map(entity).collect()
    }
    async fn label(&self) -> Result<Option<String>> {
        world::label(Some(Being::System(self.0).name()))
    }
    async fn health(&self) -> Option<Health> {
        health(Being::System(self.0))
    }
    async fn incidents(&self, open: Option<bool>) -> Vec<Incident> {
        Being::System(self.0).incidents(open).into_iter().map(Incident).collect()
    }
    async fn score(&self) -> Result<i32> {
        Being::System(self.0).score()
    }
    async fn components(&self) -> Vec<Component> {
        world::components_of(self.0).into_iter().map(Component).collect()
    }
    async fn motto(&self) -> Option<String> {
        world::motto(self.0)
    }
}

#[Object]
impl Person {
    async fn id(&self) -> ID {
        format!("p{}", self.0).into()
    }
    async fn name(&self) -> String {
        format!("person {}", self.0)
    }
    async fn email(&self, #[graphql(default = false)] masked: bool) -> Result<Option<String>> {
        world::email(self.0, masked)
    }
    async fn age(&self) -> Result<i32> {
        world::age(self.0)
    }
    async fn manager(&self) -> Option<Person> {
        world::manager(self.0).map(Person)
    }
    async fn teams(&self) -> Vec<Team> {
        world::teams(self.0).into_iter().map(Team).collect()
    }
    async fn on_call(&self) -> Option<bool> {
        world::is_on_call(self.0)
    }
    async fn incidents(&self) -> Vec<Incident> {
        world::incidents_of(self.0).into_iter().map(Incident).collect()
    }
}

#[Object]
impl Team {
    async fn id(&self) -> ID {
        format!("t{}", self.0).into()
    }
    async fn name(&self) -> String {
        format!("team {}", self.0)
    }
    async fn lead(&self) -> Result<Person> {
        world::lead(self.0).map(Person)
    }
    async fn members(&self, first: Option<i32>) -> Vec<Person> {
        world::members(self.0, first).into_iter().map(Person).collect()
    }
}

#[Object]
impl Incident {
    async fn id(&self) -> ID {
        format!("i{}", self.0).into()
    }
    async fn title(&self) -> Option<String> {
        world::title(self.0)
    }
    async fn on(&self) -> Entity {
        entity(world::on(self.0))
    }
    async fn reporter(&self) -> Option<Person> {
        world::reporter(self.0).map(Person)
    }
    async fn severity(&self) -> Result<Severity> {
        world::severity(self.0)
    }
}

pub struct Query;

#[Object]
impl Query {
    async fn entities(&self, #[graphql(default = 5)] first: i32, kind: Option<Kind>) -> Vec<Entity> {
        let of_kind = |being: &Being| match (kind, being) {
            (Some(kind), Being::Component(number)) => world::kind(*number) == kind,
            (Some(_), Being::System(_)) => false,
            (None, _) => true,
        };
        world::entities().into_iter().rev().filter(of_kind).take(world::size(first)).map(entity).collect()
    }
    async fn component(&self, id: ID) -> Option<Component> {
        world::component(&id).map(Component)
    }
    async fn system(&self, id: ID) -> Result<System> {
        world::system(&id).map(System).ok_or_else(|| "there is no such system".into())
    }
    async fn things(&self) -> Vec<Option<Thing>> {
        vec![
            Some(Component(3).into()),
            Some(Person(2).into()),
            None,
            Some(System(1).into()),
            Some(Person(4).into()),
        ]
    }
    async fn owners(&self) -> Vec<Owner> {
        vec![Person(4).into(), Team(1).into(), Person(1).into(), Team(0).into()]
    }
    async fn people(&self) -> Vec<Person> {
        (0..world::PEOPLE).map(Person).collect()
    }
    async fn person(&self, id: ID) -> Option<Person> {
        world::person(&id).map(Person)
    }
    async fn team(&self, id: ID) -> Option<Team> {
        world::team(&id).map(Team)
    }
    async fn incidents(&self, #[graphql(default = 3)] first: i32) -> Vec<Incident> {
        (0..world::INCIDENTS).take(world::size(first)).map(Incident).collect()
    }
    async fn worst(&self) -> Option<Entity> {
        Some(entity(Being::Component(5)))
    }
}

pub type Whole = Schema<Query, EmptyMutation, EmptySubscription>;

pub fn whole(nullability: Nullability) -> Whole {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .extension(nullability)
        .limit_recursive_depth(200)
        .finish()
}
