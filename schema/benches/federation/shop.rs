//! Ten thousand products with their stock and their reviews: as three subgraphs, and as one schema.

use std::sync::{Arc, LazyLock};

use async_graphql::{EmptyMutation, EmptySubscription, ID, Object, Schema, SimpleObject};
use callboard_kit::{InProcessSubgraph, Subgraph, federation_sdl, subgraph_schema};

const ITEMS: usize = 10_000;

#[derive(Clone)]
struct Item {
    name: Arc<str>,
    price: i32,
    amount: i32,
    warehouse: Arc<str>,
    reviews: Vec<Opinion>,
}

#[derive(Clone)]
struct Opinion {
    stars: i32,
    text: Arc<str>,
    author: Arc<str>,
}

static ITEMS_BY_ID: LazyLock<Vec<Item>> = LazyLock::new(|| {
    let item = |number: usize| Item {
        name: format!("Product number {number}").into(),
        price: i32::try_from(number % 977).unwrap() * 3 + 5,
        amount: i32::try_from(number % 31).unwrap(),
        warehouse: format!("Hall {}", number % 7).into(),
        reviews: (0..2)
            .map(|review| Opinion {
                stars: i32::try_from((number + review) % 5).unwrap() + 1,
                text: format!("What I think of product {number}, part {review}").into(),
                author: format!("Reader {}", (number * 7 + review) % 400).into(),
            })
            .collect(),
    };
    (0..ITEMS).map(item).collect()
});

fn number(id: &ID) -> Option<usize> {
    id.parse().ok().filter(|number| *number < ITEMS)
}

fn first_ids(first: i32) -> impl Iterator<Item = usize> {
    0..usize::try_from(first).unwrap_or_default().min(ITEMS)
}

#[derive(SimpleObject)]
struct Maker {
    name: String,
    country: &'static str,
}

#[derive(SimpleObject)]
struct Stock {
    amount: i32,
    warehouse: Arc<str>,
}

#[derive(SimpleObject)]
struct Author {
    name: Arc<str>,
}

#[derive(SimpleObject)]
struct Review {
    stars: i32,
    text: Arc<str>,
    author: Author,
}

fn maker(number: usize) -> Maker {
    Maker { name: format!("Maker {}", number % 50), country: "DE" }
}

fn stock(number: usize) -> Stock {
    let item = &ITEMS_BY_ID[number];
    Stock { amount: item.amount, warehouse: Arc::clone(&item.warehouse) }
}

fn reviews(number: usize) -> Vec<Review> {
    let review = |opinion: &Opinion| Review {
        stars: opinion.stars,
        text: Arc::clone(&opinion.text),
        author: Author { name: Arc::clone(&opinion.author) },
    };
    ITEMS_BY_ID[number].reviews.iter().map(review).collect()
}

mod goods {
    use super::{Arc, ID, ITEMS_BY_ID, Maker, Object, first_ids, number};

    pub struct Product(pub usize);

    #[Object]
    impl Product {
        async fn id(&self) -> ID {
            self.0.into()
        }
        async fn name(&self) -> Arc<str> {
            Arc::clone(&ITEMS_BY_ID[self.0].name)
        }
        async fn price(&self) -> i32 {
            ITEMS_BY_ID[self.0].price
        }
        async fn maker(&self) -> Maker {
            super::maker(self.0)
        }
    }

    pub struct Query;

    #[Object]
    impl Query {
        async fn products(&self, first: i32) -> Vec<Product> {
            first_ids(first).map(Product).collect()
        }
        async fn product(&self, id: ID) -> Option<Product> {
            number(&id).map(Product)
        }
        #[graphql(entity)]
        async fn find_product_by_id(&self, id: ID) -> Option<Product> {
            number(&id).map(Product)
        }
    }
}

mod stocks {
    use super::{ID, Object, Stock, number};

    pub struct Product(pub usize);

    #[Object]
    impl Product {
        async fn id(&self) -> ID {
            self.0.into()
        }
        async fn stock(&self) -> Stock {
            super::stock(self.0)
        }
    }

    pub struct Query;

    #[Object]
    impl Query {
        async fn halls(&self) -> i32 {
            7
        }
        #[graphql(entity)]
        async fn find_product_by_id(&self, id: ID) -> Option<Product> {
            number(&id).map(Product)
        }
    }
}

mod opinions {
    use super::{ID, Object, Review, number};

    pub struct Product(pub usize);

    #[Object]
    impl Product {
        async fn id(&self) -> ID {
            self.0.into()
        }
        async fn reviews(&self) -> Vec<Review> {
            super::reviews(self.0)
        }
    }

    pub struct Query;

    #[Object]
    impl Query {
        async fn readers(&self) -> i32 {
            400
        }
        #[graphql(entity)]
        async fn find_product_by_id(&self, id: ID) -> Option<Product> {
            number(&id).map(Product)
        }
    }
}

mod whole {
    use super::{Arc, ID, ITEMS_BY_ID, Maker, Object, Review, Stock, first_ids, number};

    pub struct Product(usize);

    #[Object]
    impl Product {
        async fn id(&self) -> ID {
            self.0.into()
        }
        async fn name(&self) -> Arc<str> {
            Arc::clone(&ITEMS_BY_ID[self.0].name)
        }
        async fn price(&self) -> i32 {
            ITEMS_BY_ID[self.0].price
        }
        async fn maker(&self) -> Maker {
            super::maker(self.0)
        }
        async fn stock(&self) -> Stock {
            super::stock(self.0)
        }
        async fn reviews(&self) -> Vec<Review> {
            super::reviews(self.0)
        }
    }

    pub struct Query;

    #[Object]
    impl Query {
        async fn products(&self, first: i32) -> Vec<Product> {
            first_ids(first).map(Product).collect()
        }
        async fn product(&self, id: ID) -> Option<Product> {
            number(&id).map(Product)
        }
    }
}

/// One schema with everything.
pub type Merged = Schema<whole::Query, EmptyMutation, EmptySubscription>;

pub fn merged() -> Merged {
    Schema::new(whole::Query, EmptyMutation, EmptySubscription)
}

fn subgraph<Q: async_graphql::ObjectType + 'static>(id: &str, query: Q) -> Subgraph {
    let schema = subgraph_schema(query, EmptyMutation, EmptySubscription).finish();
    let sdl = federation_sdl(&schema);
    Subgraph::in_process(id, sdl, InProcessSubgraph::new(schema))
}

pub fn subgraphs() -> Vec<Subgraph> {
    vec![
        subgraph("goods", goods::Query),
        subgraph("stocks", stocks::Query),
        subgraph("opinions", opinions::Query),
    ]
}
