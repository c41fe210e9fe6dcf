// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

/// What an OnBoardRequest says of the device.
///
/// @param oui six hex digits
public record DeviceIdentity(String oui, String productClass, String serialNumber) {}
