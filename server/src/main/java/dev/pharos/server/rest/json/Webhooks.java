// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All webhooks, by name.
public record Webhooks(List<Webhook> items) {}
