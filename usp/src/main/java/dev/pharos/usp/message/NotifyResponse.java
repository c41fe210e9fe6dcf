// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// The Controller has taken the notification; the Agent correlates it by `msg_id` and not by this id
/// (R-NOT.9).
public record NotifyResponse(String subscriptionId) implements Response {}
