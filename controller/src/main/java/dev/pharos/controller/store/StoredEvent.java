// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// An event that is kept.
///
/// @param seq grows with every stored event, and never repeats
public record StoredEvent(long seq, DeviceEvent event) {}
