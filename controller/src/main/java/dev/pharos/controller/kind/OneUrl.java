// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import java.util.Optional;

/// By which parameters a device is told of its USP controller that has no rows for controllers.
///
/// @param url takes where the controller is, such as `wss://host:port/path`
/// @param controller takes its Endpoint ID; empty where the device does not want to know
/// @param enable switches the USP agent on; empty where the URL does that
public record OneUrl(String url, Optional<String> controller, Optional<String> enable) {}
