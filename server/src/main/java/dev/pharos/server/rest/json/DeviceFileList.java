// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// Files of a device.
///
/// @param items that are kept here, the newest first
/// @param requests what the device was asked for last, the newest first
/// @param offers what the device has, as it told last
public record DeviceFileList(List<DeviceFile> items, List<DeviceFileRequest> requests, List<FileOffer> offers) {}
