// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// An event to store.
///
/// @param onceKey stored only once for each key within a day, which outlasts every retry of a Notify; empty:
///     always stored
public record NewEvent(DeviceEvent event, String onceKey) {}
