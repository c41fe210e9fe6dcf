// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// What a target said to a test.
///
/// @param status of HTTP; left out where there was no answer
/// @param answer how it began, 500 characters at most, or why there was none
/// @param millis until then
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookTest(boolean delivered, @Nullable Integer status, String answer, long millis) {}
