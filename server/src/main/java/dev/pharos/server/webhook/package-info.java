// SPDX-License-Identifier: Apache-2.0
/// Webhooks: other systems are told of events, signed and until they say that they have them. See docs/webhooks.md.
@NullMarked
package dev.pharos.server.webhook;

import org.jspecify.annotations.NullMarked;
