// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deliveries, of the newest events first.
///
/// @param nextCursor left out on the last page
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookDeliveries(
        List<WebhookDelivery> items, @Nullable String nextCursor) {}
