// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.server.files.DeviceFiles.Wish;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.usp.EndpointId;

/// What a device is to be told.
///
/// @param key by which the device says that it is done, up to 32 characters
/// @param link where the file goes to or comes from
record FileOrder(EndpointId device, String key, Wish wish, Link link) {}
