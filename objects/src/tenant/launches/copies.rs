//! Copies of launches at the provider: the update that a customer sends, and what the provider makes of it.

use tegata_domain::desk::NoteLaunch;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::LaunchId;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::launch::{DeskLaunch, LaunchView};
use tegata_domain::outbox::{LaunchNews, Message};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{desk, proofs};

use super::{concerned, found};
use crate::context::{Context, OrStorage as _};
use crate::tenant::outbox::enqueue;

/// For how long a piece of news is recognised when it arrives again, in seconds.
const NEWS_KEPT: i64 = 30 * 24 * 3600;

/// The update that tells the provider about a launch, and the provider's slug.
pub(in crate::tenant) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
    news: Option<LaunchNews>,
    at: Option<UnixSeconds>,
) -> Result<Option<(Slug, NoteLaunch)>, Refusal> {
    let (launch, approval) = found(ctx, id)?;
    let provider = launch.provider.clone();
    let execution = launch.execution.as_ref().filter(|one| one.running_at.is_some());
    let credential = execution.and_then(|one| one.number.clone().zip(one.kid.clone()));
    let note = NoteLaunch {
        to: if news.is_some() { concerned(&launch) } else { Vec::new() },
        credential: credential.filter(|_| news == Some(LaunchNews::Started)),
        news: news.zip(at),
        entry: Box::new(DeskLaunch {
            tenant: tenant.slug.clone(),
            tenant_name: tenant.name.clone(),
            launch: LaunchView::of(launch, approval.as_ref(), ctx.now),
        }),
    };
    Ok(Some((provider, note)))
}

/// Stores a customer's update about a launch, unless the copy is newer, and mails the desk what is news.
pub(in crate::tenant) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: NoteLaunch) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let (customer, launch) = (note.entry.tenant.clone(), note.entry.launch.id.clone());
    let known = desk::load_launch(ctx.sql, &customer, &launch).or_storage()?;
    if known.is_none_or(|known| known.launch.version < note.entry.launch.version) {
        desk::save_launch(ctx.sql, &note.entry).or_storage()?;
        ctx.news.note(&[Topic::DeskLaunches]);
    }
    let Some((news, at)) = note.news else {
        return Ok(());
    };
    // An update may arrive twice, and after a newer one; its mail goes out once.
    let name = sha256_b64(format!("launch-news.{customer}.{launch}.{news:?}.{}", at.0));
    if !proofs::first_use(ctx.sql, &name, ctx.now.plus(NEWS_KEPT)).or_storage()? {
        return Ok(());
    }
    for user in note.to {
        let message = Message::DeskLaunch {
            tenant: customer.clone(),
            launch: launch.clone(),
            user,
            news,
            credential: note.credential.clone(),
        };
        enqueue(ctx, message)?;
    }
    Ok(())
}
