// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// What became of a [NewEvent].
///
/// @param duplicate whether its key was stored before; `stored` is then the event of that time
public record Appended(StoredEvent stored, boolean duplicate) {}
