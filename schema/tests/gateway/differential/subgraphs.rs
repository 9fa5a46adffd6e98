//! The world in three subgraphs.

use callboard_kit::{InProcessSubgraph, Subgraph, federation_sdl, subgraph_schema};

use super::world;

mod catalog {
    use async_graphql::{ID, Interface, Object, Result, Union};

    use super::world::{self, Being, Kind, Owning};

    pub struct Component(usize);
    pub struct System(usize);
    pub struct Person(usize);
    pub struct Team(usize);

    #[derive(Interface)]
    #[graphql(
        field(name = "id", ty = "ID"),
        field(name = "name", ty = "String"),
        field(name = "owner", ty = "Option<Owner>"),
        field(name = "related", ty = "Vec<Entity>", arg(name = "first", ty = "i32", default = 2))
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
        async fn components(&self) -> Vec<Component> {
            world::components_of(self.0).into_iter().map(Component).collect()
        }
        async fn motto(&self) -> Option<String> {
            world::motto(self.0)
        }
    }

    #[Object(unresolvable = "id")]
    impl Person {
        async fn id(&self) -> ID {
            format!("p{}", self.0).into()
        }
    }

    #[Object(unresolvable = "id")]
    impl Team {
        async fn id(&self) -> ID {
            format!("t{}", self.0).into()
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
        #[graphql(entity)]
        async fn find_entity_by_id(&self, id: ID) -> Option<Entity> {
            world::being(&id).map(entity)
        }
        #[graphql(entity)]
        async fn find_component_by_id(&self, id: ID) -> Option<Component> {
            world::component(&id).map(Component)
        }
        #[graphql(entity)]
        async fn find_system_by_id(&self, id: ID) -> Option<System> {
            world::system(&id).map(System)
        }
    }
}

mod people {
    use async_graphql::{ID, Object, Result};

    use super::world;

    pub struct Person(usize);
    pub struct Team(usize);

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

    pub struct Query;

    #[Object]
    impl Query {
        async fn people(&self) -> Vec<Person> {
            (0..world::PEOPLE).map(Person).collect()
        }
        async fn person(&self, id: ID) -> Option<Person> {
            world::person(&id).map(Person)
        }
        async fn team(&self, id: ID) -> Option<Team> {
            world::team(&id).map(Team)
        }
        #[graphql(entity)]
        async fn find_person_by_id(&self, id: ID) -> Option<Person> {
            world::person(&id).map(Person)
        }
        #[graphql(entity)]
        async fn find_team_by_id(&self, id: ID) -> Option<Team> {
            world::team(&id).map(Team)
        }
    }
}

mod operations {
    use async_graphql::{ID, Object, Result, SimpleObject, Union};

    use super::world::{self, Being, Healthy, Severity};

    pub struct Entity {
        being: Being,
        name: Option<String>,
    }
    pub struct Incident(usize);
    pub struct Person(usize);

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
        Entity { being, name: None }
    }

    #[Object(interface_object)]
    impl Entity {
        async fn id(&self) -> ID {
            self.being.id()
        }
        #[graphql(external)]
        async fn name(&self) -> String {
            self.name.clone().unwrap_or_default()
        }
        #[graphql(requires = "name")]
        async fn label(&self) -> Result<Option<String>> {
            world::label(self.name.clone())
        }
        async fn health(&self) -> Option<Health> {
            Some(if self.being.is_healthy()? {
                Healthy { since: "monday".to_owned() }.into()
            } else {
                let incident = self.being.incidents(None).first().copied().map(Incident);
                Failing { reason: format!("{} fails", self.being.name()), incident }.into()
            })
        }
        async fn incidents(&self, open: Option<bool>) -> Vec<Incident> {
            self.being.incidents(open).into_iter().map(Incident).collect()
        }
        async fn score(&self) -> Result<i32> {
            self.being.score()
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

    #[Object]
    impl Person {
        async fn id(&self) -> ID {
            format!("p{}", self.0).into()
        }
        async fn on_call(&self) -> Option<bool> {
            world::is_on_call(self.0)
        }
        async fn incidents(&self) -> Vec<Incident> {
            world::incidents_of(self.0).into_iter().map(Incident).collect()
        }
    }

    pub struct Query;

    #[Object]
    impl Query {
        async fn incidents(&self, #[graphql(default = 3)] first: i32) -> Vec<Incident> {
            (0..world::INCIDENTS).take(world::size(first)).map(Incident).collect()
        }
        async fn worst(&self) -> Option<Entity> {
            Some(entity(Being::Component(5)))
        }
        #[graphql(entity)]
        async fn find_entity_by_id(&self, #[graphql(key)] id: ID, name: Option<String>) -> Option<Entity> {
            world::being(&id).map(|being| Entity { being, name })
        }
        #[graphql(entity)]
        async fn find_incident_by_id(&self, id: ID) -> Option<Incident> {
            world::incident(&id).map(Incident)
        }
        #[graphql(entity)]
        async fn find_person_by_id(&self, id: ID) -> Option<Person> {
            world::person(&id).map(Person)
        }
    }
}

macro_rules! subgraph {
    ($module:ident) => {{
        let schema =
            subgraph_schema($module::Query, async_graphql::EmptyMutation, async_graphql::EmptySubscription)
                .finish();
        let sdl = federation_sdl(&schema);
        Subgraph::in_process(stringify!($module), sdl, InProcessSubgraph::new(schema))
    }};
}

pub fn subgraphs() -> Vec<Subgraph> {
    vec![subgraph!(catalog), subgraph!(people), subgraph!(operations)]
}
