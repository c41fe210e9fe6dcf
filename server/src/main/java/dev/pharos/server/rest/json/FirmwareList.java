// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All firmware images, the newest first.
public record FirmwareList(List<Firmware> items) {}
