// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// Where a device fetches an image without any login: a secret until it expires.
public record FirmwareLink(String url, String expires) {}
