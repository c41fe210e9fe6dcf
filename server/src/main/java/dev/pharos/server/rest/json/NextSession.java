// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.time.Instant;

/// How it stands with a device that is managed over TR-069, which comes by itself and cannot be called.
///
/// @param queued whether something waits for its next session
/// @param lastSession when it was here
/// @param expected when it comes by itself the next time, if it does as it says; that may be over
/// @param detail the same as a sentence
public record NextSession(boolean queued, Instant lastSession, Instant expected, String detail) {}
