// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// A USP Message: what is meant (the body) and the `msg_id` that this exchange gave it.
public record UspMessage(MessageId id, Body body) {}
