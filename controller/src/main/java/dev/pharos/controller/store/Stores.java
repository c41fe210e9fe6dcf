// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

/// The four stores of a Controller.
public record Stores(DeviceStore devices, TwinStore twins, EventStore events, SupportedModelStore models) {}
