use async_graphql::{Context, Enum, Json, Object, SimpleObject};
use callboard_kit::Result;
use serde_json::Value;

use super::catalog;
use crate::analysis::{Proposal, ProposedField as Field};

/// What is in a repository, and what could be.
#[derive(SimpleObject)]
pub struct LocationAnalysis {
    /// The URLs of the descriptors that are there, ready to be registered; 100 at most.
    existing_descriptors: Vec<String>,
    /// Descriptors that could be; empty where one is there.
    proposals: Vec<DescriptorProposal>,
    /// The proposals as one file, `catalog-info.yaml`; null without one.
    yaml: Option<String>,
}

/// A descriptor that could be.
#[derive(SimpleObject)]
pub struct DescriptorProposal {
    /// The entity.
    entity: Json<Value>,
    /// What of it is to be looked at.
    fields: Vec<ProposedField>,
}

/// How a field of a proposal came to be.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum ProposedFieldState {
    /// It was found in the repository.
    Found,
    /// Nothing tells: somebody has to say, and the value stands for that.
    NeedsInput,
}

/// A field of a proposal.
#[derive(SimpleObject)]
pub struct ProposedField {
    /// A dotted path, e.g. `spec.owner`.
    field: String,
    /// Its value in the proposal.
    value: String,
    /// How it came to be.
    state: ProposedFieldState,
    /// Where it is from, or what is asked.
    reason: String,
}

impl From<Field> for ProposedField {
    fn from(field: Field) -> Self {
        let state =
            if field.needs_input { ProposedFieldState::NeedsInput } else { ProposedFieldState::Found };
        Self { field: field.field.to_owned(), value: field.value, state, reason: field.reason }
    }
}

impl From<Proposal> for DescriptorProposal {
    fn from(proposal: Proposal) -> Self {
        let fields = proposal.fields.into_iter().map(ProposedField::from).collect();
        Self { entity: Json(proposal.entity), fields }
    }
}

/// What can be asked about repositories.
#[derive(Default)]
pub struct AnalysisQuery;

#[Object]
impl AnalysisQuery {
    /// Looks into a repository for descriptors, and proposes some where there are none. Stores nothing. Takes
    /// `catalog.location.analyze`.
    #[graphql(complexity = "200")]
    async fn analyze_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A repository of a forge in `integrations`, or a folder of one.")] target: String,
        #[graphql(name = "type", desc = "`url` or `git`; `url` unless told.")] kind: Option<String>,
    ) -> Result<Option<LocationAnalysis>> {
        let found = catalog(ctx).analyze(kind.as_deref().unwrap_or("url"), &target).await?;
        let proposals = found.analysis.proposals;
        let yaml = crate::analysis::yaml(&proposals);
        Ok(Some(LocationAnalysis {
            existing_descriptors: found.existing,
            proposals: proposals.into_iter().map(DescriptorProposal::from).collect(),
            yaml,
        }))
    }
}
