// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// What is delivered again.
///
/// @param queued deliveries; or events of a time that are looked at, of which those are queued that the webhook is for
public record WebhookReplay(long queued) {}
