// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// The stored supported data model of a device.
public record StoredSchema(List<SupportedObject> supportedObjs) {}
