use async_graphql::{Context, Object};
use callboard_kit::{PageArguments, Result};

use super::{
    explanation::{AccessExplanation, ExplainAccessInput},
    permissions,
    role::{Role, RoleConnection},
    simulation::{RoleSimulation, SimulateRolesInput},
    transfer::RoleExport,
};

/// What can be asked about roles.
#[derive(Default)]
pub(crate) struct RoleQuery;

#[Object]
impl RoleQuery {
    /// The roles that the viewer may see, by name; null without `policy.entity.read`.
    async fn roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 0 to 500; 20 where it is absent.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Option<RoleConnection>> {
        let page = permissions(ctx).roles(PageArguments::forward(first, after)).await?;
        Ok(page.map(RoleConnection::from))
    }

    /// The role of this name; null where there is none, or none that may be seen.
    async fn role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name of the role.")] name: String,
    ) -> Option<Role> {
        permissions(ctx).role(&name).await.map(Role)
    }

    /// Why somebody may do something, or may not, and what would change it. Everyone may ask about themselves; about
    /// others who has `policy.entity.read`, else the answer is null.
    async fn explain_access(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and what.")] input: ExplainAccessInput,
    ) -> Result<Option<AccessExplanation>> {
        let ExplainAccessInput { subject, permission, resource } = input;
        let explanation = permissions(ctx).explain(&subject, &permission, resource.as_ref()).await?;
        Ok(explanation.map(AccessExplanation::from))
    }

    /// Who would gain and lose what by changes of roles, which are not made. Null without `policy.entity.read`, which
    /// must not have a condition.
    async fn simulate_roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: SimulateRolesInput,
    ) -> Result<Option<RoleSimulation>> {
        let simulation = permissions(ctx).simulate(&input.into()).await?;
        Ok(simulation.map(RoleSimulation::from))
    }

    /// Whether the viewer may use `importRoles`.
    async fn viewer_can_import_roles(&self, ctx: &Context<'_>) -> bool {
        permissions(ctx).may_import()
    }

    /// The roles that the viewer may see, as files that Backstage's RBAC plugin reads. Null without
    /// `policy.entity.read`.
    async fn export_roles(&self, ctx: &Context<'_>) -> Result<Option<RoleExport>> {
        Ok(permissions(ctx).export().await?.map(RoleExport::from))
    }
}
