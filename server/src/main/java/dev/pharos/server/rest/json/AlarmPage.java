// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Alarms, the newest first.
///
/// @param nextCursor left out on the last page
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlarmPage(List<AlarmView> items, @Nullable String nextCursor) {}
